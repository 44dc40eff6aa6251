import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CanonicalError,
  type CanonicalValue,
  canonicalBytes,
  entryBytesMax,
  parseCanonical,
} from "./canonical.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (value: CanonicalValue) => new TextDecoder().decode(canonicalBytes(value));

const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
const { value: anyValue } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.string({ unit: "binary" }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(key, tie("value"), { maxKeys: 6, noNullPrototype: true }),
  ),
}));

describe("a value has one encoding", () => {
  it.each<[CanonicalValue, string]>([
    [null, "null"],
    [{ b: 1, a: [true, false, null], a_1: {}, a1: [] }, '{"a":[true,false,null],"a1":[],"a_1":{},"b":1}'],
    [[0, -1, 2 ** 53 - 1, -(2 ** 53 - 1)], "[0,-1,9007199254740991,-9007199254740991]"],
    ['€$\u000f\nA\'B"\\\\"/\u007f', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f"'],
    ["\b\t\n\f\r\u0000\u001f", '"\\b\\t\\n\\f\\r\\u0000\\u001f"'],
    ["😂\u2028</script>", '"😂\u2028</script>"'],
  ])("%j", (value, text) => {
    expect(textOf(value)).toBe(text);
    expect(parseCanonical(bytesOf(text))).toEqual(value);
  });

  it("that reads back as the value, whatever it is and in whatever order its members came", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(parseCanonical(canonicalBytes(value, 1e6), 1e6)).toEqual(value);
        expect(canonicalBytes(reversed(value), 1e6)).toEqual(canonicalBytes(value, 1e6));
      }),
      { numRuns: 300 },
    );
  });

  it("that another implementation of RFC 8785 gives it too", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(canonicalBytes(value, 1e6))).toBe(
          canonicalize(value),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("2.17 row 4: with one bit of it changed it is refused, or is another value", () => {
    fc.assert(
      fc.property(anyValue, fc.nat(), (value, at) => {
        const bytes = canonicalBytes(value, 1e6);
        const bit = at % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(readOrNone(bytes)).not.toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});

describe("bytes that a second reader might read otherwise are refused", () => {
  it.each([
    ["a member twice", '{"a":1,"a":1}'],
    ["a member twice with another value", '{"a":1,"a":2}'],
    ["members in another order", '{"b":1,"a":2}'],
    ["white space", '{"a": 1}'],
    ["a line end behind", '{"a":1}\n'],
    ["a byte order mark", '\ufeff{"a":1}'],
    ["an escape where none is needed", '"\\u0041"'],
    ["an escaped slash", '"\\/"'],
    ["an escape in capitals", '"\\u000F"'],
    ["a surrogate pair in escapes", '"\\ud83d\\ude02"'],
    ["half a surrogate pair", '{"k":"\\ud800"}'],
    ["two halves the wrong way round", '["\\ude00\\ud83d"]'],
    ["half a surrogate pair as a name", '{"\\udc00":1}'],
    ["1.0", "1.0"],
    ["an exponent", "1e2"],
    ["minus zero", "-0"],
    ["a fraction", "0.5"],
    ["2^53", "9007199254740992"],
    ["2^53 + 1, which a double cannot hold", "9007199254740993"],
    ["2^63", "9223372036854775808"],
    ["a capital in a name", '{"A":1}'],
    ["a name with a digit first", '{"1a":1}'],
    ["an empty name", '{"":1}'],
    ["a name of 41 signs", `{"${"a".repeat(41)}":1}`],
    ["a prototype", '{"__proto__":{}}'],
    ["nothing", ""],
    ["two values", "1 2"],
    ["what is no JSON", "{a:1}"],
    ["depth that would end the stack", `${"[".repeat(8_000)}${"]".repeat(8_000)}`],
  ])("%s", (_, text) => {
    expect(() => parseCanonical(bytesOf(text))).toThrow(CanonicalError);
  });

  it.each([
    ["no UTF-8", [0x22, 0xff, 0x22]],
    ["UTF-8 longer than it must be", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate in UTF-8", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["a text cut in a character", [0x22, 0xe2, 0x82]],
  ])("%s", (_, bytes) => {
    expect(() => parseCanonical(Uint8Array.from(bytes))).toThrow(CanonicalError);
  });

  it("more bytes than an entry may have", () => {
    const longest = "x".repeat(entryBytesMax - 2);
    expect(parseCanonical(bytesOf(`"${longest}"`))).toBe(longest);
    expect(() => parseCanonical(bytesOf(`"${longest}x"`))).toThrow("has 16385 bytes; 16384 are the most");
  });
});

describe("values outside the profile are not written, and the error names the place", () => {
  it.each<[string, unknown, string]>([
    ["a fraction", { body: { list: [1, 0.5] } }, "body.list[1]"],
    ["minus zero", [-0], "[0]"],
    ["not a number", { a: Number.NaN }, "a"],
    ["infinity", { a: Number.POSITIVE_INFINITY }, "a"],
    ["2^53", { a: 2 ** 53 }, "a"],
    ["a BigInt", { a: 1n }, "a"],
    ["undefined", { a: undefined }, "a"],
    ["a hole in a list", { a: new Array(1) }, "a[0]"],
    ["a function", { a: () => 1 }, "a"],
    ["a date", { a: new Date(0) }, "a"],
    ["a map", { a: new Map() }, "a"],
    ["bytes", { a: new Uint8Array(1) }, "a"],
    ["half a surrogate pair", { a: ["\ud800"] }, "a[0]"],
    ["a name with a hyphen", { a: { "x-y": 1 } }, 'a."x-y"'],
    ["a number as a name", { a: { 1: 1 } }, 'a."1"'],
    ["the whole", 0.5, ""],
  ])("%s", (_, value, path) => {
    expect(() => canonicalBytes(value as CanonicalValue)).toThrow(
      expect.objectContaining({ name: "CanonicalError", path }),
    );
  });

  it("nor what is larger than an entry", () => {
    expect(() => canonicalBytes({ a: "x".repeat(entryBytesMax) })).toThrow(CanonicalError);
    expect(canonicalBytes({ a: "€".repeat(5_000) })).toHaveLength(15_008);
    expect(() => canonicalBytes({ a: "€".repeat(5_500) })).toThrow(CanonicalError);
  });
});

function reversed(value: CanonicalValue): CanonicalValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toReversed());
}

function readOrNone(bytes: Uint8Array): CanonicalValue | undefined {
  try {
    return parseCanonical(bytes, 1e6);
  } catch (error) {
    if (error instanceof CanonicalError) return undefined;
    throw error;
  }
}
