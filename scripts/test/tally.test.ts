import { describe, expect, it } from "vitest";
import { countPlaywright, countVitest, lastLine, sum } from "./tally.ts";

describe("lastLine", () => {
  it.each([
    [{ passed: 12, failed: 0, skipped: 0 }, "12 passed, 0 failed"],
    [{ passed: 12, failed: 3, skipped: 0 }, "12 passed, 3 failed"],
    [{ passed: 12, failed: 0, skipped: 1 }, "12 passed, 0 failed, 1 skipped"],
  ])("%o", (counts, line) => {
    expect(lastLine(counts)).toBe(line);
  });
});

describe("sum", () => {
  it("adds each count", () => {
    expect(
      sum([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 10, failed: 0, skipped: 1 },
      ]),
    ).toEqual({ passed: 11, failed: 2, skipped: 4 });
  });
});

describe("countVitest", () => {
  it("counts a file that could not be loaded as a failure", () => {
    const file = { status: "failed", assertionResults: [] };
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [file],
    };
    expect(countVitest(report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });
});

describe("countPlaywright", () => {
  it("does not call passed what needed a second try or broke outside a test", () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });
});
