import { describe, expect, it } from "vitest";
import { notPassed, samplePack, verifySample } from "./testing/sample-pack.ts";

describe("a pack as it should be", () => {
  it("passes every check under the trust root, and says what that does not prove", () => {
    const found = verifySample(samplePack().zip);
    expect(notPassed(found)).toEqual([]);
    expect(found.verdict).toBe("PASS");
    expect(found.counts).toEqual({ entries: 12, absent: 0, judgedAgain: 10, cut: 0, opened: 0 });
    expect(found.notProven[0]).toContain("compliance");
  });
});
