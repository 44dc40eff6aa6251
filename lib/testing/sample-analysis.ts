import type { AnalysisInput } from "../contracts/findings.ts";

/** What somebody may state of a case, for tests that resolve one. */
export function sampleAnalysis(change: Partial<AnalysisInput> = {}): AnalysisInput {
  return {
    rootCause: "process_failure",
    explanation: "Nobody reviewed the base URL of the release.",
    action: "Releases are reviewed for their base URL.",
    actionOwner: "Credit Risk",
    actionDueAt: "2026-12-31T23:59:59.000Z",
    ...change,
  };
}
