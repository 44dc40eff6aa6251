import { describe, expect, it } from "vitest";
import { checkOrigin, checkReader } from "./check-origin.ts";

const check =
  (headers: Record<string, string>, publicUrl = "https://domicile.example") =>
  () =>
    checkOrigin(new Headers(headers), publicUrl);

describe("a change is let in", () => {
  it.each([
    ["from our own page", { origin: "https://domicile.example", "sec-fetch-site": "same-origin" }],
    ["from a script, which sends neither header", {}],
    ["typed by the reader", { origin: "https://domicile.example", "sec-fetch-site": "none" }],
  ])("%s", (_, headers) => {
    expect(check(headers)).not.toThrow();
  });

  it.each(["127.0.0.1:3000", "localhost:3000", "[::1]:3000"])(
    "on this machine under whichever name it was opened: %s",
    (host) => {
      expect(check({ origin: `http://${host}`, host }, "http://127.0.0.1:3000")).not.toThrow();
    },
  );
});

describe("a change is refused", () => {
  it.each([
    ["from another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["from a sibling", { origin: "https://app.domicile.example", "sec-fetch-site": "same-site" }],
    ["from a sandboxed frame", { origin: "null" }],
    ["from the same name without TLS", { origin: "http://domicile.example" }],
    ["from a site whose browser tells only Sec-Fetch-Site", { "sec-fetch-site": "cross-site" }],
    ["from a site that is its own Host", { origin: "https://evil.example", host: "evil.example" }],
    ["from what is no address", { origin: "https://" }],
  ])("%s", (_, headers) => {
    expect(check(headers)).toThrow("own pages");
  });

  it.each([
    ["another port of this machine", { origin: "http://localhost:5173", host: "localhost:3000" }],
    [
      "a name that was pointed at this machine",
      { origin: "http://evil.example:3000", host: "evil.example:3000" },
    ],
  ])("on this machine from %s", (_, headers) => {
    expect(check(headers, "http://127.0.0.1:3000")).toThrow("own pages");
  });
});

describe("what is read", () => {
  const read = (site: string | null) => () =>
    checkReader(new Headers(site === null ? {} : { "sec-fetch-site": site }));

  it.each(["same-origin", "none", null])("is answered where Sec-Fetch-Site says %s", (site) => {
    expect(read(site)).not.toThrow();
  });

  it.each(["cross-site", "same-site"])(
    "is refused where it says %s: it would be noted as the reader's",
    (site) => {
      expect(read(site)).toThrow("another site");
    },
  );
});
