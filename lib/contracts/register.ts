import { z } from "zod";
import { type RegisterContent, type RegisterKind, registerKindIds } from "../core/register/register.ts";
import type { RegisterGap } from "../core/register/review-register.ts";
import { type TenantHead, tenantName } from "./tenants.ts";
import { line, prose } from "./text.ts";

const fields = z
  .record(z.string().regex(/^[a-z][a-zA-Z]{0,39}$/), prose.trim().max(4_000))
  // What was left empty is not there.
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")));

const document = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "A SHA-256 has 64 hexadecimal digits."),
  name: line.trim().min(1).max(255),
  bytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});

/** A new item. Its fields are those of its kind (`registerKinds` of the core). */
export const recordItemInput = z.object({
  tenant: tenantName,
  kind: z.enum(registerKindIds),
  fields,
  document: document.nullable().default(null),
});
export type RecordItemInput = z.infer<typeof recordItemInput>;

const changeReason = prose.trim().min(10, "Say why, in at least 10 characters.").max(1_000);

/** The next version of an item. */
export const changeItemInput = recordItemInput.omit({ kind: true }).extend({
  /** The newest version that the author saw; another one since then is a conflict. */
  baseVersion: z.number().int().min(1),
  reason: changeReason,
});
export type ChangeItemInput = z.infer<typeof changeItemInput>;

export const withdrawItemInput = z.object({
  tenant: tenantName,
  baseVersion: z.number().int().min(1),
  reason: changeReason,
});
export type WithdrawItemInput = z.infer<typeof withdrawItemInput>;

export type RegisterVersionSummary = {
  readonly version: number;
  readonly content: RegisterContent;
  readonly sha256: string;
  readonly reason: string | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
  /** Its entry in the tenant's log; null for what is in no log. */
  readonly ledger: { readonly epoch: number; readonly index: number } | null;
};

export type RegisterItemSummary = {
  readonly id: string;
  readonly kind: RegisterKind;
  /** The newest first. */
  readonly versions: readonly [RegisterVersionSummary, ...RegisterVersionSummary[]];
};

/** A tenant's register as its page shows it. */
export type RegisterBook = {
  readonly tenant: TenantHead;
  readonly items: readonly RegisterItemSummary[];
  /** What is missing or due today (UTC), the gravest first. */
  readonly gaps: readonly RegisterGap[];
  /** The UTC day of `gaps`. */
  readonly on: string;
};
