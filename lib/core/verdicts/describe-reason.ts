import type { CauseText } from "./cause-text.ts";
import { reasonTexts } from "./reason-texts.ts";
import { standingTexts } from "./standing-texts.ts";
import type { DatedCause, FindingCause, ProjectCause, RecordCause, StandingCause } from "./verdict.ts";

/** Words for a reason of a verdict, for a standing cause, or for one about the record or a project. */
export function describeReason(cause: FindingCause): CauseText {
  return isStanding(cause) ? standingTexts[cause] : reasonTexts[cause];
}

export function reasonTitle(cause: FindingCause): string {
  return describeReason(cause).title;
}

function isStanding(cause: FindingCause): cause is StandingCause | RecordCause | DatedCause | ProjectCause {
  return Object.hasOwn(standingTexts, cause);
}
