import { describe, expect, it } from "vitest";
import { daysClean, needsAnalysis } from "./effectiveness.ts";
import { type Analysis, analysisWords, rootCauses, rootCauseWords } from "./root-cause.ts";

const analysis: Analysis = {
  rootCause: "human_error",
  explanation: "The option was lost in a release.",
  action: "A test demands the option.",
  actionOwner: "Loan desk",
  actionDueAt: "2026-12-31T23:59:59.000Z",
};

describe("an analysis", () => {
  it("is said whole where it stands without its form", () => {
    expect(analysisWords(analysis)).toBe(
      [
        "Root cause: Human error. The option was lost in a release.",
        "Corrective action: A test demands the option.",
        "Loan desk, by 2026-12-31.",
      ].join("\n"),
    );
  });

  it("has words for each root cause", () => {
    for (const cause of rootCauses) expect(rootCauseWords[cause].meaning).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ["host_out_of_region", "config_fix", true],
    ["log_frozen", "provider_fix", true],
    ["host_out_of_region", "false_positive", false],
    ["observe_ending", "config_fix", false],
    ["acceptance_due", "config_fix", false],
  ] as const)("is asked for of %s resolved by %s: %s", (cause, resolution, needed) => {
    expect(needsAnalysis(cause, resolution)).toBe(needed);
  });
});

it.each([
  [0, 0],
  [86_399_999, 0],
  [86_400_000, 1],
  [-5, 0],
])("%s milliseconds are %s whole days clean", (ms, days) => {
  expect(daysClean(1_000, 1_000 + ms)).toBe(days);
});
