import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countMembers } from "./count-members.ts";

const membersOf = (json: string): number => countMembers(Buffer.from(json));

describe("countMembers", () => {
  it("is the number of names of every object that names nothing twice", () => {
    const anyObject = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
    fc.assert(
      fc.property(anyObject, fc.constantFrom(undefined, 2), (object, indent) => {
        expect(membersOf(JSON.stringify(object, null, indent))).toBe(Object.keys(object).length);
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', 2],
    ['{"a":1,"\\u0061":2}', 2],
    ['{"__proto__":1,"__proto__":2}', 2],
    ['{"a":{"b":1,"c":":{"},"d":[{"e":1}]}', 2],
    ['{"\\\\":"\\"a:","\\"":":"}', 2],
    [' {"a" : "\\\\" } ', 1],
    ["{}", 0],
  ])("counts in %s each member of the outermost object: %i", (json, members) => {
    expect(() => JSON.parse(json)).not.toThrow();
    expect(membersOf(json)).toBe(members);
  });
});
