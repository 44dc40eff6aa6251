import type { Severity } from "../findings/severity.ts";
import type { Basis, FindingCause } from "../verdicts/verdict.ts";
import { type AlertFact, type AlertKind, alertKinds } from "./alert-kinds.ts";

/** Who asked for what a second person decides. */
export type WaitingRequest = "policy" | "exception" | "restatement" | "retention" | "lift_hold" | "erasure";

type FactValues = {
  /** Id of the finding. */
  readonly finding: string;
  readonly cause: FindingCause;
  /** As the calls named it. */
  readonly host: string | null;
  readonly model: string | null;
  readonly basis: Basis;
  /** RFC 3339 UTC, as every moment here. */
  readonly due: string;
  /** "EX-12". */
  readonly exception: string;
  readonly until: string;
  readonly why: "expired" | "ended";
  /** Version in force. */
  readonly policy: number;
  readonly request: WaitingRequest;
  /** `to` is exclusive. */
  readonly period: { readonly from: string; readonly to: string };
  /** A code of `docs/errors.md`. */
  readonly problem: string;
  readonly records: { readonly all: number; readonly refused: number };
  readonly log: { readonly part: string; readonly epoch: number | null; readonly atIndex: number | null };
  /** As the list of keys shows it: `dom_k3x9…`. */
  readonly key: string;
};

export type AlertFacts = { readonly [Fact in AlertFact]?: FactValues[Fact] };

/** Something to tell. */
export type Alert = {
  readonly kind: AlertKind;
  /** The same thing has the same key for ever: it is told once. */
  readonly key: string;
  readonly severity: Severity;
  /** RFC 3339 UTC. */
  readonly happenedAt: string;
  readonly facts: AlertFacts;
  /** 1; more where several were gathered into one. */
  readonly count: number;
};

/** An alert of one thing. What its kind does not carry is left out, whatever was given. `severity`: of the finding. */
export function newAlert(
  kind: AlertKind,
  key: string,
  happenedAt: string,
  facts: AlertFacts,
  severity: Severity = "medium",
): Alert {
  const { carries, severity: own } = alertKinds[kind];
  const kept = Object.fromEntries(
    Object.entries(facts).filter(([fact]) => carries.includes(fact as AlertFact)),
  );
  return { kind, key, severity: own ?? severity, happenedAt, facts: kept, count: 1 };
}

/** The kind by which a finding's opening is told: some causes are a matter of their own. */
export function kindOfFinding(cause: FindingCause, event: "opened" | "reopened"): AlertKind {
  if (cause === "observe_ending" || cause === "evidence_gap" || cause === "log_frozen") return cause;
  return event === "opened" ? "finding_opened" : "finding_reopened";
}
