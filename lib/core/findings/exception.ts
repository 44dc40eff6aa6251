import type { DecisionOutcome } from "../decision-outcome.ts";
/** `waiver`: nothing is done about it until the end. `mitigated`: something else holds the risk down meanwhile. */
export type ExceptionKind = "waiver" | "mitigated";
export const exceptionKinds: readonly ExceptionKind[] = ["waiver", "mitigated"];

/** `lapsed`: nobody decided in time. `expired`: it had been approved, and its day has come. */
export type ExceptionState =
  | "waiting"
  | "lapsed"
  | "in_force"
  | "rejected"
  | "withdrawn"
  | "ended"
  | "expired";

export const exceptionReasonMin = 20;
/** An acceptance is looked at again within a year. */
export const exceptionDaysMax = 366;
export const exceptionOpenDays = 30;

export type ExceptionFacts = {
  readonly outcome: DecisionOutcome | null;
  readonly ended: "expired" | "ended" | null;
  /** Milliseconds since 1970. */
  readonly lapsesAt: number;
  readonly expiresAt: number;
};

/** Where an exception stands at a moment (milliseconds since 1970). One whose day has come holds no longer, also before a job has said so. */
export function exceptionState(
  { outcome, ended, lapsesAt, expiresAt }: ExceptionFacts,
  at: number,
): ExceptionState {
  if (outcome === null) return lapsesAt <= at ? "lapsed" : "waiting";
  if (outcome !== "approved") return outcome;
  return ended ?? (expiresAt <= at ? "expired" : "in_force");
}

/** "EX-12". */
export function exceptionName(no: number): string {
  return `EX-${no}`;
}

/** An acceptance was given for a policy; under a newer one it has to be looked at again. */
export function isStale(acceptedUnder: number | null, inForce: number | null): boolean {
  return acceptedUnder !== inForce;
}
