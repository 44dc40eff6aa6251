import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { intakeRecord } from "../../contracts/intake.ts";
import type { ContentEncoding } from "../read-plain.ts";

/** A whole number below the one given. */
export type Random = (below: number) => number;

/** The same bodies with every run (xorshift32). */
export function randomOf(seed: number): Random {
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
  host: "eu.api.openai.com:443",
  socket: { address: "203.0.113.7", port: 443, tlsName: "eu.api.openai.com", tlsVerified: true },
  path: "/v1/chat/completions?x=1",
  model: "gpt-5.5",
  store: false,
  featuresOffered: ["web_search", "web_search"],
  usage: { inputTokens: 1 },
  echo: { requestId: "req_1", statedRegion: "Sweden Central" },
  gatewayCallId: "01a22440-41f7-7393-8d77-d279998d5db1",
  traceId: "0af7651916cd43dd8448eb211c80319c",
  endUser: "u-1",
};
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

/** A body as a broken or hostile sender of the native form would have it; `times` are what its records begin with. */
export function nativeBody(random: Random, times: { startedAt: string; endedAt?: string }): Uint8Array {
  // Some of them speak of our own gateway.
  const host = random(4) === 0 ? "localhost:8787" : whole.host;
  const sound = { ...whole, ...times, host, clientId: `a-${random(50)}` };
  const record = JSON.stringify(sound);
  const kind = random(5);
  if (kind === 0) return Uint8Array.from({ length: random(200) }, () => random(256));
  if (kind === 1) {
    const changed: Record<string, unknown> = { ...sound };
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

export function encoded(body: Uint8Array, random: Random): [Uint8Array, ContentEncoding] {
  const encodings = ["gzip", "deflate", "br"] as const;
  if (random(20) > 0) return [body, null];
  const encoding = encodings[random(3)] ?? "gzip";
  const bytes = Buffer.from(compress[encoding](body));
  if (random(2) === 0) return [bytes.subarray(0, random(bytes.length)), encoding];
  bytes[random(bytes.length)] = random(256);
  return [bytes, encoding];
}
