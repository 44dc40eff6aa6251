import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isModestJson, measureJson, namesTwice, parseJson } from "./measure-json.ts";

describe("namesTwice", () => {
  const twice = (json: string): boolean => namesTwice(measureJson(Buffer.from(json)), JSON.parse(json));

  it("is false of whatever a serialiser writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        expect(twice(JSON.stringify(value, null, indent))).toBe(false);
      }),
    );
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"tools":[{"type":"function","type":"mcp"}]}',
    '{"session":{"model":"a","model":"a"}}',
    '[{"a":1,"a":1}]',
  ])("is true of %s", (json) => {
    expect(twice(json)).toBe(true);
  });
});

describe("isModestJson", () => {
  const isModest = (json: string): boolean => isModestJson(measureJson(Buffer.from(json)));
  const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
  const many = (text: string, times: number): string => `[${`${text},`.repeat(times - 1)}${text}]`;

  it.each([
    ["128 levels", deep(128), true],
    ["129 levels", deep(129), false],
    ["half a million things in things", many("{}", 499_999), true],
    ["one more", many("[]", 500_000), false],
    ["six million numbers", many("1", 6_000_001), true],
    ["one more of those", many("1", 6_000_002), false],
    ["brackets within a string", JSON.stringify("[".repeat(1_000)), true],
    ["a string that hides its end", `"${"\\".repeat(1_000)}""`, true],
    ["levels that never end", "[".repeat(1_000_000), false],
  ])("%s", (_what, json, modest) => {
    expect(isModest(json)).toBe(modest);
  });

  it("what is not is not parsed, and takes no memory", () => {
    const before = process.memoryUsage();
    expect(parseJson("[".repeat(32 * 1024 * 1024))).toBeUndefined();
    expect(parseJson(many("[]", 10_000_000))).toBeUndefined();
    const after = process.memoryUsage();
    expect(after.heapUsed - before.heapUsed).toBeLessThan(128 * 1024 * 1024);
    expect(parseJson('{"a":1}')).toEqual({ a: 1 });
    expect(parseJson(many("7", 5_000))).toHaveLength(5_000);
    expect(parseJson("{")).toBeUndefined();
  });
});
