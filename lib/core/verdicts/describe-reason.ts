import { reasonTexts } from "./reason-texts.ts";
import { standingTexts } from "./standing-texts.ts";
import type { FindingCause, StandingCause } from "./verdict.ts";

export type CauseText = {
  /** A few words, lower case where grammar allows: stands in lists and inside sentences. */
  readonly title: string;
  /** One sentence for an officer: what it means. */
  readonly sentence: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where the rule comes from. */
  readonly rule: { readonly title: string; readonly url: string | null };
};

/** Words for a reason of a verdict or for a standing cause. */
export function describeReason(cause: FindingCause): CauseText {
  return isStanding(cause) ? standingTexts[cause] : reasonTexts[cause];
}

export function reasonTitle(cause: FindingCause): string {
  return describeReason(cause).title;
}

function isStanding(cause: FindingCause): cause is StandingCause {
  return Object.hasOwn(standingTexts, cause);
}
