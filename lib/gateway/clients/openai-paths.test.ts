import { readdirSync, readFileSync } from "node:fs";
import OpenAI from "openai";
import { describe, expect, it, vi } from "vitest";
import { operationRows } from "../../core/calls/operations-table.ts";

/** The client's own source: each of its calls names method and path in one place. */
const source = "node_modules/openai/resources";
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".mjs") && !file.startsWith("admin"))
  .map((file) => readFileSync(`${source}/${file}`, "utf8"));

const call =
  /_client\s*\.(get|post|put|patch|delete|getAPIList)\(\s*(?:path\s*)?[`']([^`'?]+)(?:\?[^`']*)?[`'](?=(.{0,400}))/gs;
/** Where it opens a web socket. */
const socket = /const endpoint = (?:path )?[`']([^`']+)[`']/g;

/** Ways to call as `POST /v1/files/{}/content`. */
const ways = new Set(
  files.flatMap((text) => [
    ...[...text.matchAll(call)].map(([, verb = "", path = "", rest = ""]) => {
      const lists = verb === "getAPIList" ? (/^[^;]*method: 'post'/.test(rest) ? "POST" : "GET") : null;
      return `${lists ?? verb.toUpperCase()} /v1${path.replaceAll(/\$\{[^}]+\}/g, "{}")}`;
    }),
    ...[...text.matchAll(socket)].map(([, path = ""]) => `GET /v1${path.replaceAll(/\$\{[^}]+\}/g, "{}")}`),
  ]),
);

const known = new Set(
  operationRows.map(([method, path]) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`),
);
/** `hangup`, `refer` and `reject` are one operation. */
const acts = /^(POST \/v1\/(?:realtime\/calls|live\/sessions)\/\{\})\/(?:hangup|refer|reject)$/;

/** Web sockets that the gateway does not open. */
const closed = ["GET /v1/live/sessions", "GET /v1/live/sessions/{}/attach", "GET /v1/live/sessions/{}/fork"];

describe("the table of operations", () => {
  it("has every path that the official client calls, and takes no word of one for an id", () => {
    const missing = [...ways].filter((way) => !known.has(way.replace(acts, "$1/{}")));
    expect(missing.sort()).toEqual(closed);
  });

  it("leaves no web socket out that docs/gateway.md does not call closed", () => {
    const page = readFileSync("docs/gateway.md", "utf8");
    const told = [...page.matchAll(/^\| `(\/v1\/[^`]+)` \| `\w+` \| 400 `invalid_http` \|$/gm)];
    expect(told.map(([, path]) => `GET ${path?.replaceAll(/\{\w+\}/g, "{}")}`)).toEqual(closed);
  });

  it("is held against all of the client", () => {
    expect(ways.size).toBeGreaterThan(230);
    for (const way of [
      "POST /v1/chat/completions",
      "GET /v1/responses",
      "POST /v1/vector_stores/{}/search",
      "DELETE /v1/agents/sessions/{}",
    ])
      expect(ways).toContain(way);
  });
});

it("the client that is told dataResidency goes past a base URL of the environment, as Connect and docs/gateway.md say", () => {
  vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:8787/v1");
  expect(new OpenAI({ apiKey: "dom_x" }).baseURL).toBe("http://127.0.0.1:8787/v1");
  expect(new OpenAI({ apiKey: "dom_x", dataResidency: "eu" }).baseURL).toBe("https://eu.api.openai.com/v1");
});
