import { z } from "zod";
import type { WaitingRequest } from "../core/alerts/alert.ts";
import { tenantName } from "./tenants.ts";

/** Search of `/api/decisions/waiting`. */
export const waitingSearch = z.object({
  /** Absent: every tenant of the reader's. */
  tenant: tenantName.optional(),
});
export type WaitingSearch = z.infer<typeof waitingSearch>;

/** Something that one person asked for and another has to decide before it lapses. */
export type WaitingItem = {
  readonly id: string;
  /** Null: of the deployment. */
  readonly tenant: string | null;
  /** `catalog`: of the deployment; all others are a tenant's. */
  readonly request: WaitingRequest | "catalog";
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  /** Of an exception: the case that it is asked for. */
  readonly findingId: string | null;
  /** The reader asked for it himself: somebody else decides. */
  readonly isMine: boolean;
};

/** What somebody said of what another one had asked for, or that whoever asked took it back. */
export type DecisionSummary = { readonly by: string; readonly at: string; readonly note: string | null };
