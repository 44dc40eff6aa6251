import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { intakeRecord } from "../contracts/intake.ts";
import { checkReport } from "../core/intake/check-report.ts";
import { readRecord } from "../services/intake/read-record.ts";
import { reportDigest } from "../services/intake/report-digest.ts";
import { IntakeRefusal } from "./intake-refusal.ts";
import { type ContentEncoding, readPlain } from "./read-plain.ts";
import { type Item, type ItemForm, splitItems } from "./split-items.ts";

/** The same bodies with every run (xorshift32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const whole = {
  clientId: "a-1",
  startedAt: "2026-11-28T10:00:00.000Z",
  endedAt: "2026-11-28T10:00:01+01:00",
  host: "eu.api.openai.com:443",
  socket: { address: "203.0.113.7", port: 443, tlsName: "eu.api.openai.com", tlsVerified: true },
  path: "/v1/chat/completions?x=1",
  model: "gpt-5.5",
  store: false,
  featuresOffered: ["web_search", "web_search"],
  usage: { inputTokens: 1 },
  echo: { requestId: "req_1", statedRegion: "Sweden Central" },
  endUser: "u-1",
};
const record = JSON.stringify(whole);
const odd: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  0.5,
  "",
  "\u0000",
  "\ud800",
  "x".repeat(70_000),
  [],
  {},
  [[[[]]]],
  true,
  { toString: 1 },
  "9999-99-99T99:99:99Z",
  "__proto__",
];
const names = [...Object.keys(intakeRecord.shape), "__proto__", "constructor", "messages", "prompt"];

function bodyOf(random: (below: number) => number): Uint8Array {
  const kind = random(5);
  if (kind === 0) return Uint8Array.from({ length: random(200) }, () => random(256));
  if (kind === 1) {
    const changed: Record<string, unknown> = { ...whole };
    for (let i = 0; i <= random(4); i++) changed[names[random(names.length)] ?? ""] = odd[random(odd.length)];
    return Buffer.from(JSON.stringify(random(2) === 0 ? [changed] : changed));
  }
  const text = kind === 2 ? `[${record},${record}]` : `${record}\n${record}\n`;
  const bytes = Buffer.from(text);
  if (kind === 3) return bytes.subarray(0, random(bytes.length));
  for (let i = 0; i <= random(8); i++) bytes[random(bytes.length)] = random(256);
  return bytes;
}

const compress = {
  gzip: (body: Uint8Array) => gzipSync(body, { level: 1 }),
  deflate: (body: Uint8Array) => deflateSync(body, { level: 1 }),
  br: (body: Uint8Array) => brotliCompressSync(body, { params: { 1: 0 } }),
};

function encoded(body: Uint8Array, random: (below: number) => number): [Uint8Array, ContentEncoding] {
  const encodings = ["gzip", "deflate", "br"] as const;
  if (random(20) > 0) return [body, null];
  const encoding = encodings[random(3)] ?? "gzip";
  const bytes = Buffer.from(compress[encoding](body));
  if (random(2) === 0) return [bytes.subarray(0, random(bytes.length)), encoding];
  bytes[random(bytes.length)] = random(256);
  return [bytes, encoding];
}

describe("100,000 malformed or truncated bodies", () => {
  it("end as a refusal with a code or as records that are sound, and crash nothing", {
    timeout: 300_000,
  }, () => {
    const random = randomOf(20_261_128);
    const seen = { refused: 0, unreadable: 0, invalid: 0, sound: 0, outside: 0 };
    const now = Date.parse("2026-11-28T10:05:00.000Z");
    for (let i = 0; i < 100_000; i++) {
      const [body, encoding] = encoded(bodyOf(random), random);
      const form: ItemForm = random(2) === 0 ? "json" : "ndjson";
      let items: Item[];
      try {
        items = [...splitItems(readPlain(body, encoding), form)];
      } catch (error) {
        if (!(error instanceof IntakeRefusal)) throw error;
        seen.refused += 1;
        continue;
      }
      for (const item of items) {
        if ("problem" in item) {
          seen.unreadable += 1;
          continue;
        }
        const read = readRecord(item.value);
        if ("error" in read) {
          expect(read.error.message.length).toBeLessThanOrEqual(200);
          seen.invalid += 1;
          continue;
        }
        const { report } = read;
        const { startedAt, endedAt } = report;
        const times = {
          startedAt: Date.parse(startedAt),
          endedAt: endedAt === null ? null : Date.parse(endedAt),
        };
        const { sha256 } = reportDigest(report);
        expect(sha256).toHaveLength(32);
        seen[checkReport(report, times, now) === null ? "sound" : "outside"] += 1;
      }
    }
    // Each way out was taken, so that none of them is only believed to be there.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });
});
