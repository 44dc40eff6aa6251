import { z } from "zod";
import type { DecisionOutcome } from "../core/decision-outcome.ts";
import type { Pin } from "../core/policies/policy.ts";
import type { Band, Reason, Verdict } from "../core/verdicts/verdict.ts";
import type { DecisionSummary } from "./decisions.ts";
import { instant } from "./range.ts";
import { tenantName } from "./tenants.ts";
import { line, prose } from "./text.ts";

/** A restatement holds so many calls at most: a wider one is made in parts. */
export const restatedCallsMax = 20_000;

const names = z.array(line.min(1).max(253)).max(50).default([]);

const method = z.discriminatedUnion("kind", [
  /** A row of the catalog was wrong: judged anew by another version of it. */
  z.object({ kind: z.literal("catalog"), version: z.number().int().min(1) }),
  /** What the project is bound to became known later: judged anew with the newest pin of the provider key. */
  z.object({ kind: z.literal("pin"), credentialId: z.uuid() }),
  /** The provider told of an incident. It can only make a verdict worse. */
  z.object({ kind: z.literal("notice"), verdict: z.enum(["violation", "unverifiable"]) }),
]);

export const restatementInput = z.object({
  tenant: tenantName,
  from: instant,
  to: instant,
  hosts: names,
  models: names,
  /** By name. */
  applications: names,
  method,
  statement: prose.trim().min(20, "Say what was wrong, in at least 20 characters.").max(1000),
  evidence: prose.trim().min(20, "Say how you know, in at least 20 characters.").max(2000),
  evidenceUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable()
    .default(null),
});
export type RestatementInput = z.infer<typeof restatementInput>;

/** The part of it that decides which calls change, and how. */
export const restatementScope = restatementInput.omit({ statement: true, evidence: true, evidenceUrl: true });
export type RestatementScope = z.infer<typeof restatementScope>;

export type RestatementCause = "catalog_row" | "pin_learned" | "provider_notice";

/** The method as it was fixed when it was asked for: with the very pin. */
export type FixedMethod =
  | { readonly kind: "catalog"; readonly version: number }
  | { readonly kind: "pin"; readonly credentialId: string; readonly pin: Pin }
  | { readonly kind: "notice"; readonly verdict: "violation" | "unverifiable" };

/** Calls that count as something else. Where their verdict stays, the bands say what changed; else they are null. */
export type VerdictMove = {
  readonly before: Verdict;
  readonly after: Verdict;
  readonly bandBefore: Band | null;
  readonly bandAfter: Band | null;
  readonly calls: number;
};

/** What a restatement does to the calls in its scope. */
export type RestatementEffect = { readonly calls: number; readonly moves: readonly VerdictMove[] };

export type RestatementState = "waiting" | DecisionOutcome | "expired";

export type RestatementSummary = {
  readonly id: string;
  readonly cause: RestatementCause;
  readonly statement: string;
  readonly evidence: string;
  readonly evidenceUrl: string | null;
  readonly from: string;
  readonly to: string;
  readonly hosts: readonly string[];
  readonly models: readonly string[];
  readonly applications: readonly string[];
  readonly method: FixedMethod;
  readonly author: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly state: RestatementState;
  readonly decision: DecisionSummary | null;
  /** Calls in scope, and those that count as something else: fixed with the approval; null before it. */
  readonly effect: RestatementEffect | null;
  readonly isMine: boolean;
};

/**
 * Calls of a window that count as something else than they did at first, by the newest approved restatement of each. Not
 * among them: what was restated back. Their first verdicts stay.
 */
export type RestatedCalls = {
  readonly moves: readonly VerdictMove[];
  readonly calls: number;
  /** The newest of them. */
  readonly listed: readonly {
    readonly id: string;
    readonly startedAt: string;
    readonly verdict: Verdict;
    readonly band: Band | null;
  }[];
};

/** One restatement of one call. */
export type CallRestatement = {
  readonly id: string;
  readonly tenant: string;
  readonly cause: RestatementCause;
  readonly statement: string;
  readonly evidence: string;
  readonly evidenceUrl: string | null;
  /** What the call counted as until then. */
  readonly before: Verdict;
  readonly after: Verdict;
  readonly bandAfter: Band | null;
  readonly reasons: readonly Reason[];
  readonly author: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
};
