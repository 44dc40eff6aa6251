import { describeReason } from "../verdicts/describe-reason.ts";
import type { FindingCause } from "../verdicts/verdict.ts";

export type FindingSubject = {
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly application: string | null;
  /** The provider's project that the case is about; absent or null: it is about none. */
  readonly projectId?: string | null;
};

/** Causes about the model or endpoint name the model before the host. */
const aboutModel: readonly FindingCause[] = ["model_not_eligible", "service_tier_not_eligible"];

/** "Sent to a host outside policy: api.openai.com, from loan-desk". What is counted together is called other hosts or models. */
export function findingTitle(subject: FindingSubject): string {
  const { cause, application } = subject;
  const host = subject.host === "other" ? "other hosts" : subject.host;
  const model = subject.model === "other" ? "other models" : subject.model;
  const about =
    aboutModel.includes(cause) && model !== null ? `${model} on ${host ?? "an unknown host"}` : host;
  const what = about ?? (subject.projectId == null ? null : `project ${subject.projectId}`);
  const named = what === null ? "" : `: ${what}`;
  const from = application === null ? "" : `, from ${application}`;
  return `${describeReason(cause).title}${named}${from}`;
}
