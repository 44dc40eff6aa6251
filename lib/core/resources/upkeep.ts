import type { ObjectKind } from "../calls/provider-object.ts";

/**
 * Why an object could not be asked about, or what came instead of an answer. `policy`: its host lies outside the
 * policy in force, and Domicile makes no such call by itself. `not_found`: the provider has no such object for the key.
 */
export const askProblems = [
  "policy",
  "no_key",
  "odd_id",
  "no_application",
  "gateway_away",
  "gateway_refused",
  "unreachable",
  "not_found",
  "not_allowed",
  "provider_busy",
  "provider_failed",
] as const;
export type AskProblem = (typeof askProblems)[number];

/**
 * The words by which the provider says that nothing moves any more (OpenAI, API reference: batches and fine-tuning
 * jobs, read 2026-11-13).
 */
const settled: Readonly<Partial<Record<ObjectKind, readonly string[]>>> = {
  batch: ["completed", "failed", "expired", "cancelled"],
  fine_tuning_job: ["succeeded", "failed", "cancelled"],
  vector_store: ["completed", "expired"],
};

/** True while the provider will still change it, as far as its last word says. False for kinds without a state. */
export function isUnsettled(kind: string, status: string | null): boolean {
  const words = Object.hasOwn(settled, kind) ? settled[kind as ObjectKind] : undefined;
  return words !== undefined && (status === null || !words.includes(status));
}

/**
 * How each kind is asked about. Containers are missing: looking at one counts as using it and puts its end off
 * (OpenAI, Code Interpreter guide). So are stored answers: to look at one is to read its content.
 */
const questions: Readonly<
  Partial<Record<ObjectKind, { readonly operation: string; readonly below: string }>>
> = {
  batch: { operation: "batches.retrieve", below: "/v1/batches/" },
  fine_tuning_job: { operation: "fine_tuning.jobs.retrieve", below: "/v1/fine_tuning/jobs/" },
  vector_store: { operation: "vector_stores.retrieve", below: "/v1/vector_stores/" },
  file: { operation: "files.retrieve", below: "/v1/files/" },
};

/** After as many failures in a row nobody asks by himself any more. The index of the store says the same number. */
export const askFailuresMax = 20;

export type Question = { readonly operation: string; readonly path: string };

/** Whether objects of this kind are asked about at all. */
export function isAsked(kind: string): boolean {
  return Object.hasOwn(questions, kind);
}

/** The `GET` that asks about an object; null for a kind that is not asked about, and for an id that is no plain word. */
export function questionOf(kind: string, id: string): Question | null {
  const found = Object.hasOwn(questions, kind) ? questions[kind as ObjectKind] : undefined;
  // trust: the id is the provider's text; a path of dots or slashes would ask something else.
  if (found === undefined || !/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(id)) return null;
  return { operation: found.operation, path: found.below + id };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type Asked = {
  readonly kind: string;
  /** As the answer said it; null where it said none. */
  readonly status: string | null;
  readonly ageMs: number;
  /** Times in a row that nothing was learned, this one included. */
  readonly failures: number;
};

/**
 * How long to leave an object alone, in milliseconds. What is young is asked about often, what fails ever less often,
 * and an end that only moves by use once in six hours.
 */
export function restMs({ kind, status, ageMs, failures }: Asked): number {
  if (failures > 0) return Math.min(6 * hourMs, 30_000 * 2 ** Math.min(failures - 1, 12));
  if (!isUnsettled(kind, status)) return 6 * hourMs;
  return Math.min(10 * minuteMs, Math.max(15_000, ageMs / 20));
}
