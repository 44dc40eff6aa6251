import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { headAnswers } from "./head-answers.ts";

let stop: (() => void)[] = [];
afterEach(() => {
  for (const each of stop) each();
  stop = [];
});

/** A server that writes no header of its own, but where it is asked for a page. */
async function asked(publicUrl: string, path: string): Promise<Headers> {
  const server = createServer((request, response) => {
    if (request.url === "/calls") response.setHeader("Content-Security-Policy", "of the page");
    response.statusCode = request.url === "/missing" ? 404 : 200;
    response.end("{}");
  });
  stop.push(headAnswers(publicUrl), () => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } });
  await answer.text();
  return answer.headers;
}

describe("every answer of the process", () => {
  it.each([
    "/api/calls",
    "/calls",
    "/_next/static/x.js",
    "/missing",
    "/verify/domicile-verify.mjs",
    "/healthz",
  ])("has its headers: %s", async (path) => {
    const headers = await asked("https://domicile.example", path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "reporting-endpoints": 'csp="/api/csp-reports"',
    });
  });

  it("promises https to nobody who opens it without", async () => {
    expect((await asked("http://127.0.0.1:3000", "/calls")).has("strict-transport-security")).toBe(false);
  });

  it("that is no page shows nothing and does nothing when it is opened as one; a page has its own policy", async () => {
    for (const path of ["/api/ledger/trust-root", "/metrics"])
      expect((await asked("http://127.0.0.1:3000", path)).get("content-security-policy"), path).toContain(
        "default-src 'none'",
      );
    expect((await asked("http://127.0.0.1:3000", "/calls")).get("content-security-policy")).toBe(
      "of the page",
    );
    // A worker's script is held to the policy it came with.
    expect((await asked("http://127.0.0.1:3000", "/_next/static/x.js")).has("content-security-policy")).toBe(
      false,
    );
  });
});
