import { describe, expect, it } from "vitest";
import { binaryArray } from "./binary-array.ts";

const hex = (...args: Parameters<typeof binaryArray>): string => binaryArray(...args).toString("hex");
const head = (oid: number, items: number, nulls = 0): string =>
  [1, nulls, oid, items, 1].map((n) => n.toString(16).padStart(8, "0")).join("");

describe("binaryArray", () => {
  it("writes whole numbers of four and eight bytes, negative ones too", () => {
    expect(hex("integer", [1, -2])).toBe(`${head(23, 2)}0000000400000001${"00000004fffffffe"}`);
    expect(hex("bigint", [-1, 2 ** 53 - 1])).toBe(
      `${head(20, 2)}00000008ffffffffffffffff${"00000008001fffffffffffff"}`,
    );
  });

  it("writes whole numbers of any length in fours, the highest first", () => {
    expect(hex("numeric", ["120000", "-10001"])).toBe(
      `${head(1700, 2)}0000000c0002000100000000000c0000${"0000000c00020001400000000001"}0001`,
    );
  });

  it("writes null apart from every value", () => {
    expect(hex("text", [null, ""])).toBe(`${head(25, 2, 1)}ffffffff${"00000000"}`);
  });

  it("counts bytes, not letters", () => {
    expect(hex("text", ["é😀"])).toBe(`${head(25, 1)}00000006c3a9f09f9880`);
    expect(hex("jsonb", ['{"a":1}'])).toBe(`${head(3802, 1)}00000008017b2261223a317d`);
  });

  it("grows for what does not fit at first", () => {
    const long = "x".repeat(200_000);
    expect(binaryArray("text", [long, long]).byteLength).toBe(20 + 2 * (4 + 200_000));
  });

  it("writes times to the microsecond, from 2000 on and before", () => {
    expect(hex("timestamptz", ["2000-01-01T00:00:00.001Z"])).toBe(`${head(1184, 1)}0000000800000000000003e8`);
    expect(hex("timestamptz", ["2000-01-01T00:00:00.001234Z"])).toBe(
      `${head(1184, 1)}0000000800000000000004d2`,
    );
    expect(hex("timestamptz", ["1999-12-31T23:59:59.999Z"])).toBe(`${head(1184, 1)}00000008fffffffffffffc18`);
    expect(hex("date", ["2000-01-02"])).toBe(`${head(1082, 1)}0000000400000001`);
  });

  it.each([
    ["uuid", "01900000-0000-7000-8000-00000000000g"],
    ["uuid", "0190000000007000800000000000000"],
    ["integer", 2 ** 31],
    ["integer", 1.5],
    ["bigint", 2 ** 53],
    ["bigint", "1"],
    ["numeric", "1.5"],
    ["numeric", ""],
    ["numeric", 1],
    ["boolean", "true"],
    ["timestamptz", "soon"],
    ["text", 1],
  ] as const)("refuses for %s what is none: %s", (type, value) => {
    expect(() => binaryArray(type, [value])).toThrow(TypeError);
  });
});
