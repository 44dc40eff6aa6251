import { z } from "zod";
import type { BatchLineGroup } from "../core/calls/batch-lines.ts";
import type { Grade } from "../core/calls/evidence.ts";
import type { AskProblem } from "../core/resources/upkeep.ts";
import type { FindingCause } from "../core/verdicts/verdict.ts";
import { line } from "./text.ts";

/**
 * `kept`: not deleted. `unsettled`: the provider still changes it. `unasked`: Domicile could not learn its state the
 * last time it wanted to.
 */
export const resourceStates = ["kept", "unsettled", "unasked", "deleted", "all"] as const;
export type ResourceState = (typeof resourceStates)[number];

/** Search of `/resources` and `/api/resources`. */
export const resourceSearch = z.object({
  tenant: line.min(1).max(64).optional(),
  kind: z.array(line.min(1).max(32)).max(20).default([]),
  /** Codes of regions, `global`, or `unknown` for a birth that was not recorded. */
  born: z.array(line.min(1).max(32)).max(20).default([]),
  state: z.enum(resourceStates).default("kept"),
  /** `only`: born at a host that lies outside the policy in force now. */
  elsewhere: z.enum(["any", "only"]).default("any"),
  /** Names of applications. */
  application: z.array(line.min(1).max(120)).max(20).default([]),
  cursor: line.max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ResourceSearch = z.infer<typeof resourceSearch>;

/** One object; the body of `/api/resources/refresh` and the search of `/api/resources/object`. */
export const resourceKey = z.object({
  tenant: line.min(1).max(64),
  kind: line.min(1).max(32),
  id: line.min(1).max(128),
});
export type ResourceKeyInput = z.infer<typeof resourceKey>;

/** How long the provider says it keeps objects of a kind. */
export type ResourceRetention = {
  /** null: until deleted, none, or not stated. */
  readonly days: number | null;
  readonly note: string;
  readonly catalogVersion: number;
};

/** What the catalog says of the end of the surface or model that the object needs. `unknown`: it has no row for it. */
export type ResourceShutdown =
  | {
      readonly kind: "announced";
      readonly on: string;
      readonly of: string;
      readonly replacement: string | null;
    }
  | { readonly kind: "none_announced"; readonly of: string }
  | { readonly kind: "unknown" };

/** What Domicile itself asked of the provider, last. */
export type ResourceAsked = {
  readonly at: string;
  /** null: no call was made. */
  readonly callId: string | null;
  /** null: it was answered. */
  readonly problem: AskProblem | null;
  /** Times in a row that nothing was learned. */
  readonly failures: number;
  /** Not before then by itself; null: not any more. */
  readonly nextAt: string | null;
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
  readonly shutdown: ResourceShutdown;
  /** Whose call made it; null with the birth. */
  readonly application: string | null;
  /** In the provider's words; null: no answer said any. */
  readonly status: string | null;
  readonly statusAt: string | null;
  /** True while the provider still changes it. */
  readonly isUnsettled: boolean;
  /** Whether it was born outside the policy in force now; null: not known. */
  readonly isElsewhere: boolean | null;
  readonly asked: ResourceAsked | null;
  /** A person wants a look, and there was none since. */
  readonly isWanted: boolean;
  /** Whether Domicile can ask about it at all. */
  readonly canAsk: boolean;
  readonly simulated: boolean;
};

/** An object in the history of another. One that no call told of has only its name. */
export type LineageNode = {
  readonly kind: string;
  readonly id: string;
  /** A region's code, `global`, or null. */
  readonly born: string | null;
  readonly isElsewhere: boolean | null;
  readonly status: string | null;
  readonly isDeleted: boolean;
  readonly uses: number;
};

/** Numbers of nodes: `to` was made from, or by, `from`. */
export type LineageStep = { readonly from: number; readonly to: number };

export type Lineage = {
  /** The object itself is among them. */
  readonly nodes: readonly LineageNode[];
  readonly steps: readonly LineageStep[];
  /** True where there is more than is shown. */
  readonly isCut: boolean;
};

export type ResourceDetail = {
  readonly item: ResourceItem;
  readonly lineage: Lineage;
  /** What the lines of a batch's file ask for; null: it is none, or was not read whole. */
  readonly batchLines: readonly BatchLineGroup[] | null;
  /** Cases that the call which made it belongs to. */
  readonly findings: readonly { readonly id: string; readonly cause: FindingCause; readonly state: string }[];
  /** When this was read; ages count from here. */
  readonly now: string;
};

export type ResourcePage = {
  readonly items: readonly ResourceItem[];
  readonly nextCursor: string | null;
  /** Objects not deleted, by kind and birth, whatever is filtered. */
  readonly counts: readonly { readonly kind: string; readonly born: string; readonly resources: number }[];
  /** Of those: born outside the policy in force now. */
  readonly elsewhere: number;
  /** Of those: past the day until which the provider said that it keeps them, or documents that of their kind. */
  readonly past: number;
  /** Names of the applications whose calls made any. */
  readonly applications: readonly string[];
  /** When this was read; ages count from here. */
  readonly now: string;
};
