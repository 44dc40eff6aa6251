import { z } from "zod";
import type { Grade } from "../core/calls/evidence.ts";
import { line } from "./text.ts";

/** Search of `/resources` and `/api/resources`. */
export const resourceSearch = z.object({
  tenant: line.min(1).max(64).optional(),
  kind: z.array(line.min(1).max(32)).max(20).default([]),
  /** Codes of regions, `global`, or `unknown` for a birth that was not recorded. */
  born: z.array(line.min(1).max(32)).max(20).default([]),
  state: z.enum(["kept", "deleted", "all"]).default("kept"),
  cursor: line.max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ResourceSearch = z.infer<typeof resourceSearch>;

/** How long the provider says it keeps objects of a kind. */
export type ResourceRetention = {
  /** null: until deleted, none, or not stated. */
  readonly days: number | null;
  readonly note: string;
  readonly catalogVersion: number;
};

/** An object that the provider keeps, as the tenant's calls told of it. */
export type ResourceItem = {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  /** null: a call named the object, and where it was made was not recorded. */
  readonly birth: {
    /** A region's code, or `global`. */
    readonly region: string;
    readonly host: string;
    readonly grade: Grade;
    readonly at: string;
    readonly callId: string;
  } | null;
  /** Id of the object that made it, such as the batch of an output file. */
  readonly madeBy: string | null;
  readonly bytes: number | null;
  readonly expiresAt: string | null;
  readonly firstSeenAt: string;
  readonly lastUsedAt: string | null;
  /** Calls that named it. */
  readonly uses: number;
  readonly deletedAt: string | null;
  readonly retention: ResourceRetention | null;
  readonly simulated: boolean;
};

export type ResourcePage = {
  readonly items: readonly ResourceItem[];
  readonly nextCursor: string | null;
  /** Objects not deleted, by kind and birth, whatever is filtered. */
  readonly counts: readonly { readonly kind: string; readonly born: string; readonly resources: number }[];
};
