import { z } from "zod";
import type { DecisionOutcome } from "../core/decision-outcome.ts";
import type { Policy } from "../core/policies/policy.ts";
import type { PolicyChange } from "../core/policies/policy-change.ts";
import type { DecisionSummary } from "./decisions.ts";
import { type TenantHead, tenantName } from "./tenants.ts";
import { prose } from "./text.ts";

const reason = prose.trim().min(20, "Say why, in at least 20 characters.").max(2000);

/** A policy in JSON; `readPolicy` of the core reads it and says what is wrong with each field. */
const policyBody = z.record(z.string(), z.unknown());

export const savePolicyInput = z.object({
  tenant: tenantName,
  policy: policyBody,
  reason,
  /** The newest version that the author saw; another one since then is a conflict. */
  baseVersion: z.number().int().min(1),
});
export type SavePolicyInput = z.infer<typeof savePolicyInput>;

/** What widens waits for a second person; everything else takes effect by itself. */
export type SavedPolicy =
  | { readonly kind: "saved"; readonly version: number; readonly effectiveAt: string }
  | { readonly kind: "proposed"; readonly id: string; readonly expiresAt: string };

export const decisionInput = z.object({
  tenant: tenantName,
  note: prose.trim().max(2000).default(""),
});
export type DecisionInput = z.infer<typeof decisionInput>;

export type PolicyVersionSummary = {
  readonly version: number;
  readonly policy: Policy;
  readonly sha256: string;
  readonly effectiveAt: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  /** The policy in words. */
  readonly sentences: readonly string[];
  /** Against the version before; empty for the first. */
  readonly changes: readonly PolicyChange[];
};

/** `overtaken`: another version was saved since, so it can no longer be approved. */
export type ProposalState = "waiting" | DecisionOutcome | "expired" | "overtaken";

export type ProposalSummary = {
  readonly id: string;
  readonly baseVersion: number;
  readonly policy: Policy;
  readonly reason: string;
  readonly changes: readonly PolicyChange[];
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly state: ProposalState;
  readonly decision: DecisionSummary | null;
  /** True for the reader's own: he may withdraw it and not approve it. */
  readonly isMine: boolean;
};

/** A tenant's policies: what is in force, what was, what waits. */
export type PolicyBook = {
  readonly tenant: TenantHead;
  /** The version in force now; a newer one may be about to take effect. */
  readonly inForce: number;
  /** Newest first. */
  readonly versions: readonly PolicyVersionSummary[];
  /** Newest first: all that wait, and the last ones decided. */
  readonly proposals: readonly ProposalSummary[];
};
