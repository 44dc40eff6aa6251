import { z } from "zod";
import type { DecisionOutcome } from "../core/decision-outcome.ts";
import { type RetentionPresetId, retentionPresetIds } from "../core/retention/presets.ts";
import type { DecisionSummary } from "./decisions.ts";
import { type TenantHead, tenantName } from "./tenants.ts";
import { line, prose } from "./text.ts";

const reason = prose.trim().min(20, "Say why, in at least 20 characters.").max(2_000);

/** Another period. It waits for a second person. */
export const retentionInput = z.object({ tenant: tenantName, preset: z.enum(retentionPresetIds), reason });
export type RetentionInput = z.infer<typeof retentionInput>;

export const placeHoldInput = z.object({ tenant: tenantName, name: line.trim().min(3).max(120), reason });
export type PlaceHoldInput = z.infer<typeof placeHoldInput>;

export const liftHoldInput = z.object({ tenant: tenantName, reason });
export type LiftHoldInput = z.infer<typeof liftHoldInput>;

/** Whom to erase. The identifier is turned into an HMAC at once and is stored and logged nowhere. */
const endUser = z.string().min(1, "Say who is to be erased.").max(1_024);

export const erasureInput = z.object({
  tenant: tenantName,
  endUser,
  /** Number of the person's request, or its file. */
  reference: line.trim().min(3, "Name the request, in at least 3 characters.").max(120),
  basis: line.trim().min(3).max(200).default("GDPR Art. 17(1)"),
  reason,
});
export type ErasureInput = z.infer<typeof erasureInput>;

export const subjectInput = z.object({ tenant: tenantName, endUser });
export type SubjectInput = z.infer<typeof subjectInput>;

/** What the record holds of one person. */
export type SubjectTrace = { readonly openings: number; readonly entries: number };

export type RetentionPreview = {
  readonly preset: RetentionPresetId;
  /** What was recorded before it would go; null: nothing expires. */
  readonly before: string | null;
  /** Entries whose bytes would go, by UTC month of recording. */
  readonly months: readonly { readonly month: string; readonly entries: number }[];
  readonly entries: number;
  readonly calls: number;
};

export type RetentionRequestState = "waiting" | DecisionOutcome | "expired";

export type RetentionRequestSummary = {
  readonly id: string;
  readonly kind: "policy" | "lift_hold" | "erasure";
  readonly state: RetentionRequestState;
  readonly preset: RetentionPresetId | null;
  /** Name of the hold that is to be lifted. */
  readonly hold: string | null;
  readonly reference: string | null;
  readonly basis: string | null;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly decision: DecisionSummary | null;
  readonly isMine: boolean;
  /** Of an erasure: what went, once for each time something did. Empty where the worker has not been there yet. */
  readonly erasures: readonly {
    readonly at: string;
    readonly openings: number;
    readonly listSha256: string;
    readonly ledger: { readonly epoch: number; readonly index: number };
  }[];
};

export type LegalHoldSummary = {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedAt: string;
  readonly liftedAt: string | null;
  /** A request to lift it waits. */
  readonly liftWaits: boolean;
};

export type PruneSummary = {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly at: string;
  /** Nothing of it is left. */
  readonly finished: boolean;
  readonly rootAtTo: string;
  readonly ledger: { readonly epoch: number; readonly index: number };
};

/** What is kept of a tenant, and why. */
export type RetentionBook = {
  readonly tenant: TenantHead;
  readonly inForce: {
    readonly preset: RetentionPresetId;
    /** Null: nobody has chosen yet, and everything is kept. */
    readonly decided: { readonly by: string; readonly approvedBy: string; readonly at: string } | null;
    /** What was recorded before it goes; null: nothing does. */
    readonly before: string | null;
  };
  readonly onHold: boolean;
  readonly holds: readonly LegalHoldSummary[];
  readonly requests: readonly RetentionRequestSummary[];
  readonly prunes: readonly PruneSummary[];
};
