import { describeReason } from "../verdicts/describe-reason.ts";
import type { FindingCause } from "../verdicts/verdict.ts";

export type FindingSubject = {
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly application: string | null;
};

/** Causes about the model or endpoint name the model before the host. */
const aboutModel: readonly FindingCause[] = ["model_not_eligible", "service_tier_not_eligible"];

/** "Sent to a host outside policy: api.openai.com, from loan-desk". */
export function findingTitle({ cause, host, model, application }: FindingSubject): string {
  const what =
    aboutModel.includes(cause) && model !== null ? `${model} on ${host ?? "an unknown host"}` : host;
  const named = what === null ? "" : `: ${what}`;
  const from = application === null ? "" : `, from ${application}`;
  return `${describeReason(cause).title}${named}${from}`;
}
