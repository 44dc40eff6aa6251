import type { FindingCause, Judgement } from "../verdicts/verdict.ts";

/**
 * Causes a judged call adds to the findings: the reasons of what is outside policy or not verifiable, and
 * every standing cause. A call that was stopped is the policy at work and no finding.
 */
export function causesOf({
  verdict,
  reasons,
  standing,
}: Pick<Judgement, "verdict" | "reasons" | "standing">): readonly FindingCause[] {
  const flagged = verdict === "violation" || verdict === "unverifiable";
  return flagged ? [...reasons, ...standing] : standing;
}
