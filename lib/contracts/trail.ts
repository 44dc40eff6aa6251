import { z } from "zod";
import { instant } from "./range.ts";
import { type TenantHead, tenantName } from "./tenants.ts";
import { line } from "./text.ts";

/** `changes`: whatever is none of the others. `comparisons`: of settled days with the provider's figures, many each day. */
export const trailGroups = ["all", "changes", "views", "exports", "comparisons", "sign_ins"] as const;
export type TrailGroup = (typeof trailGroups)[number];

/** Search of `/api/trail`, newest first. */
export const trailSearch = z.object({
  tenant: tenantName,
  group: z.enum(trailGroups).default("all"),
  /** Id of whoever did it: of a person, a gateway run, or the name of a job. */
  who: line.min(1).max(128).optional(),
  /** The first moment that counts, and the first that no longer does. */
  from: instant.optional(),
  to: instant.optional(),
  cursor: line.max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TrailSearch = z.infer<typeof trailSearch>;
export type TrailFilters = Omit<TrailSearch, "cursor" | "limit">;

export type TrailEvent = {
  readonly id: string;
  readonly at: string;
  /** `tenant`: in the tenant's log. `deployment`: in the deployment's own; a sign-in, or a change of an account, belongs to no tenant. */
  readonly log: "tenant" | "deployment";
  readonly actor: "person" | "gateway" | "system";
  readonly actorId: string;
  readonly actorName: string;
  /** `noun.verb`, past. */
  readonly kind: string;
  readonly subject: string;
  /** "F-12", of an event of a finding; null: it is of none, or of one that is no longer there. */
  readonly finding: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** `expired`: the entry's bytes were deleted by retention; its leaf hash is there. Null: from before the ledger. */
  readonly ledger: { readonly epoch: number; readonly index: number; readonly expired: boolean } | null;
};

export type TrailPage = {
  readonly tenant: TenantHead;
  /** When it was read. What is recorded later is not on the page. */
  readonly readAt: string;
  readonly events: readonly TrailEvent[];
  readonly nextCursor: string | null;
  /** People to choose from: who is or was a member of the tenant. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
};

const whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** One entry of a tenant's log, as `/api/ledger/entries/proof` proves it. */
export const entryProofSearch = z.object({
  tenant: tenantName,
  epoch: z.coerce.number().int().min(1).max(999_999_999),
  index: whole,
});
export type EntryProofSearch = z.infer<typeof entryProofSearch>;
