import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { beforeAll, describe, expect, it } from "vitest";
import { exportedBodies } from "../testing/exported-bodies.ts";
import { decodeJson } from "./decode-json.ts";
import { decodeProtobuf } from "./decode-protobuf.ts";
import { answerExport, answerFailure, encodingOf } from "./export-answer.ts";
import { exportLimits, UnreadableExport } from "./export-limits.ts";
import { readExport } from "./read-export.ts";

let bodies: { protobuf: Buffer; json: Buffer };
beforeAll(async () => {
  bodies = await exportedBodies();
});

describe("what OpenTelemetry's exporters send", () => {
  it("says the same in both encodings, and nothing of it is content", () => {
    const { spans, malformed } = decodeProtobuf(bodies.protobuf);
    expect(malformed).toBe(0);
    expect(spans).toEqual([
      {
        traceId: "0af7651916cd43dd8448eb211c80319c",
        spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
        parentSpanId: "b7ad6b7169203331",
        kind: 3,
        startMs: Date.UTC(2026, 10, 28, 10),
        endMs: Date.UTC(2026, 10, 28, 10, 0, 2),
        failed: true,
        scope: "@opentelemetry/instrumentation-openai",
        service: "chatbot",
        attributes: new Map<string, unknown>([
          ["gen_ai.operation.name", "chat"],
          ["gen_ai.provider.name", "openai"],
          ["gen_ai.request.model", "gpt-5"],
          ["server.address", "eu.api.openai.com"],
          ["server.port", 443],
          ["gen_ai.request.stream", true],
          ["gen_ai.response.id", "chatcmpl-1"],
          ["domicile.call.id", "01a22440-41f7-7393-8d77-d279998d5db1"],
          ["gen_ai.response.finish_reasons", ["stop", "length"]],
          ["gen_ai.usage.input_tokens", 12],
          ["gen_ai.usage.output_tokens", 34],
          ["gen_ai.response.time_to_first_chunk", 0.25],
        ]),
      },
    ]);
    expect(decodeJson(bodies.json)).toEqual({ spans, malformed });
  });

  it("says the same where enums stand by their names: what failed did not succeed", () => {
    const text = bodies.json.toString();
    const named = text
      .replace('"kind":3', '"kind":"SPAN_KIND_CLIENT"')
      .replace('"code":2', '"code":"STATUS_CODE_ERROR"');
    expect(named).toContain("_CLIENT");
    expect(named).toContain("_ERROR");
    expect(decodeJson(Buffer.from(named))).toEqual(decodeJson(bodies.json));
  });

  it("becomes one call", () => {
    const { calls, rejected } = readExport("protobuf", bodies.protobuf);
    expect(rejected).toBe(0);
    expect(calls).toEqual(readExport("json", bodies.json).calls);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ host: "eu.api.openai.com", ttftMs: 250, stream: true });
  });

  it("is still the same with its fields the other way round", () => {
    expect(decodeProtobuf(reversed(bodies.protobuf, 4))).toEqual(decodeProtobuf(bodies.protobuf));
  });
});

describe("a body that is no export", () => {
  it.each<[string, Uint8Array]>([
    ["a text", Buffer.from("hello")],
    ["a length beyond its end", Uint8Array.of(0x0a, 0x7f, 0x01)],
    ["a number without an end", Uint8Array.of(0x0a, 0xff, 0xff, 0xff)],
    ["groups within groups", new Uint8Array(10_000).fill(0x0b)],
  ])("%s is refused in protobuf", (_, body) => {
    expect(() => decodeProtobuf(body)).toThrow(UnreadableExport);
  });

  it.each([
    "",
    "null",
    "[]",
    "7",
    "{",
    '{"resourceSpans":{}}',
    `${"[".repeat(5000)}${"]".repeat(5000)}`,
    "\xff",
  ])("%s is refused in JSON", (text) => {
    expect(() => decodeJson(Buffer.from(text, "latin1"))).toThrow(UnreadableExport);
  });

  it("with more spans than are taken is refused whole, and none that two collectors make without settings", () => {
    const one = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
    const spans = Array.from({ length: exportLimits.spansMax + 1 }, () => one);
    const of = (count: number): Buffer =>
      Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: spans.slice(0, count) }] }] }));
    expect(decodeJson(of(8_191 + 8_192)).spans).toHaveLength(16_383);
    expect(() => decodeJson(of(spans.length))).toThrow(/more than 20000 spans/);
    // An empty span is two bytes.
    const empty = message(1, message(2, Buffer.concat(spans.map(() => message(2, Buffer.alloc(0))))));
    expect(() => decodeProtobuf(empty)).toThrow(/more than 20000 spans/);
  });

  it("of nothing but empty fields ends early, however long it is", () => {
    expect(() => decodeProtobuf(new Uint8Array(16 * 1024 * 1024).fill(0))).toThrow(UnreadableExport);
    const many = Buffer.alloc(8 * 1024 * 1024);
    for (let at = 0; at < many.length; at += 2) many.set([0x10, 0x00], at);
    expect(() => decodeProtobuf(many)).toThrow(/more fields than are read/);
  });
});

it("an empty export is an export of nothing", () => {
  expect(decodeProtobuf(new Uint8Array())).toEqual({ spans: [], malformed: 0 });
  expect(decodeJson(Buffer.from("{}"))).toEqual({ spans: [], malformed: 0 });
});

it("spans without an id are counted and told", () => {
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: "00", spanId: "" }, null, 3] }] }] };
  expect(readExport("json", Buffer.from(JSON.stringify(body)))).toEqual({
    calls: [],
    rejected: 3,
    problem: "A span has no trace id or no span id.",
  });
});

it("names of the prototype are names of attributes, and pollute nothing", () => {
  const attributes = [{ key: "__proto__", value: { stringValue: "polluted" } }];
  const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), attributes, __proto__: { polluted: true } };
  const text = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  decodeJson(Buffer.from(text.replace('"spans"', '"__proto__":{"polluted":1},"spans"')));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

describe("an answer", () => {
  it.each([
    ["application/x-protobuf", "protobuf"],
    ["application/json; charset=utf-8", "json"],
    ["Application/JSON", "json"],
    ["text/plain", null],
    [undefined, null],
  ])("to %s is in %s", (contentType, encoding) => {
    expect(encodingOf(contentType)).toBe(encoding);
  });

  it("of full success is an empty message", () => {
    expect(answerExport("protobuf", 0, "").body).toHaveLength(0);
    expect(Buffer.from(answerExport("json", 0, "").body).toString()).toBe("{}");
  });

  it("of partial success counts and says why, in both encodings", () => {
    expect(JSON.parse(Buffer.from(answerExport("json", 2, "No start.").body).toString())).toEqual({
      partialSuccess: { rejectedSpans: "2", errorMessage: "No start." },
    });
    const reader = new BinaryReader(answerExport("protobuf", 2, "No start.").body);
    expect(reader.tag()).toEqual([1, 2]);
    const inner = new BinaryReader(reader.bytes());
    expect([inner.tag(), inner.int64(), inner.tag(), inner.string()]).toEqual([
      [1, 0],
      2n,
      [2, 2],
      "No start.",
    ]);
  });

  it("of a failure is a status", () => {
    const reader = new BinaryReader(answerFailure("protobuf", 3, "No.").body);
    expect([reader.tag(), reader.int32(), reader.tag(), reader.string()]).toEqual([[1, 0], 3, [2, 2], "No."]);
    expect(Buffer.from(answerFailure("json", 3, "No.").body).toString()).toBe('{"code":3,"message":"No."}');
  });
});

function message(field: number, body: Uint8Array): Uint8Array {
  return new BinaryWriter()
    .uint32((field << 3) | 2)
    .bytes(body)
    .finish();
}

/** The same message with the fields of its first levels in the opposite order: legal, and no exporter does it. */
function reversed(bytes: Uint8Array, levels: number): Uint8Array {
  const reader = new BinaryReader(bytes);
  const parts: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wire] = reader.tag();
    if (wire === 2 && levels > 0 && (field <= 2 || (levels === 1 && field === 9))) {
      const inner = reader.bytes();
      parts.unshift(
        isMessage(inner) ? message(field, reversed(inner, levels - 1)) : bytes.subarray(start, reader.pos),
      );
    } else {
      reader.skip(wire, field);
      parts.unshift(bytes.subarray(start, reader.pos));
    }
  }
  return Buffer.concat(parts);
}

function isMessage(bytes: Uint8Array): boolean {
  try {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [field, wire] = reader.tag();
      if (field > 20) return false;
      reader.skip(wire, field);
    }
    return true;
  } catch {
    return false;
  }
}
