import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyHost } from "./classify-host.ts";
import { normaliseHost } from "./normalise-host.ts";
import { openaiCatalog } from "./openai-catalog.ts";

const classify = (host: string, custom: readonly string[] = []) => classifyHost(host, openaiCatalog, custom);

/** Names of a few labels; cheaper to make than every name DNS allows. */
const label = fc.string({ unit: fc.constantFrom(..."abeinopu019-_"), minLength: 1, maxLength: 8 });
const names = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));

/** Text in many scripts. */
const anything = (maxLength: number) =>
  fc.array(fc.nat(0x2fff), { maxLength }).map((points) => String.fromCodePoint(...points));

describe("normaliseHost", () => {
  it.each([
    ["EU.API.OpenAI.com", "eu.api.openai.com"],
    ["eu.api.openai.com:443", "eu.api.openai.com"],
    ["eu.api.openai.com.", "eu.api.openai.com"],
    ["eu.api.openai.com.:443", "eu.api.openai.com"],
    [" eu.api.openai.com ", "eu.api.openai.com"],
  ])("writes %s as %s", (raw, host) => {
    expect(normaliseHost(raw)).toBe(host);
  });

  it.each([
    "eu.api.openai.com..",
    "eu.api.openai.com/",
    "https://eu.api.openai.com",
    "user@eu.api.openai.com",
    "eu.api.openai.com@evil.example",
    "eu.api.openai.com#.evil.example",
    "eu.api.openai.com\\.evil.example",
    "eu.api.openai.com%2eevil.example",
    "eu.api.openai.com:443:443",
    "eu.api.openai.com\u0000",
    // Full-width letters, the ideographic full stop, the Kelvin sign, a soft hyphen: DNS clients would map them.
    "ｅｕ.api.openai.com",
    "eu。api.openai.com",
    "\u212ar.api.openai.com",
    "eu.a\u00adpi.openai.com",
    "eu.apı.openai.com",
    "eu.\u0430pi.openai.com",
  ])("makes no documented host of %j", (raw) => {
    expect(openaiCatalog.hosts.map(({ host }) => host)).not.toContain(normaliseHost(raw));
    expect(classify(raw).class).not.toBe("official");
  });

  it("is the same when done twice", () => {
    fc.assert(
      fc.property(fc.oneof(names, fc.string(), anything(12)), (raw) => {
        const once = normaliseHost(raw);
        fc.pre(!once.includes(" ") && !once.includes(":") && !once.endsWith("."));
        expect(normaliseHost(once)).toBe(once);
      }),
    );
  });
});

describe("classifyHost", () => {
  it("knows every documented host and its region", () => {
    for (const { host, region } of openaiCatalog.hosts) {
      expect(classify(host.toUpperCase())).toEqual({ host, class: "official", region: region ?? "global" });
    }
  });

  it.each([
    ["api.openai.eu", "eu.api.openai.com"],
    ["api.eu.openai.com", "eu.api.openai.com"],
    ["eu.openai.com", "eu.api.openai.com"],
    ["us-api.openai.com", "us.api.openai.com"],
    ["eu.api.openai.eu", "eu.api.openai.com"],
    ["api.openai.com.evil.example", undefined],
    ["api.0penai.com", undefined],
    ["api.open-ai.com", undefined],
    ["api.opena1.com", undefined],
    ["api.openal.com", undefined],
    ["api.opneai.com", undefined],
    ["api.oopenai.com", undefined],
    ["api.\u043epenai.com", undefined],
    ["openai-api.example", undefined],
  ])("calls %s a lookalike", (host, rightHost) => {
    const classified = classify(host);
    expect(classified).toMatchObject({ class: "lookalike", region: null });
    expect(classified.rightHost).toBe(rightHost);
  });

  it("leaves OpenAI's own names without a documented place unclassified", () => {
    for (const host of ["eu2.api.openai.com", "privatelink.enterprise.unified-1.api.openai.com"]) {
      expect(classify(host)).toEqual({ host, class: "official_unclassified", region: null });
    }
    expect(classify("eu_.api.openai.com").class).not.toBe("official_unclassified");
  });

  it.each(["llm.bank.example", "bank.openai.azure.com", "10.0.0.1", "localhost", "platform.openai.com", ""])(
    "knows nothing of %s",
    (host) => {
      expect(classify(host).class).toBe("unknown");
    },
  );

  it("takes an admitted name, also one that imitates, but no listed lookalike and no documented host", () => {
    expect(classify("LLM.bank.example:8443", ["llm.bank.example"]).class).toBe("custom");
    expect(classify("openai.bank.example", ["openai.bank.example"]).class).toBe("custom");
    expect(classify("api.openai.eu", ["api.openai.eu"]).class).toBe("lookalike");
    expect(classify("api.openai.com", ["api.openai.com"]).class).toBe("official");
  });

  it("never calls a name official that is not in the catalog", () => {
    const documented = new Set(openaiCatalog.hosts.map(({ host }) => host));
    const near = fc
      .tuple(fc.constantFrom(...documented), fc.nat(40), anything(2), fc.nat(2))
      .map(([host, at, text, cut]) => host.slice(0, at) + text + host.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(names, near, fc.string()), (raw) => {
        const classified = classify(raw, [raw]);
        if (classified.class !== "official") return;
        expect(documented).toContain(classified.host);
        // What was normalised away is case, blanks around it, a port and one dot: nothing that changes the host.
        expect(
          raw
            .trim()
            .toLowerCase()
            .replace(/:\d{1,5}$/, "")
            .replace(/\.$/, ""),
        ).toBe(classified.host);
      }),
      { numRuns: 2000 },
    );
  });
});
