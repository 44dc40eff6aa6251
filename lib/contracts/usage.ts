import { z } from "zod";
import type { BandCounts } from "./overview.ts";
import { rangeSearch, type Window } from "./range.ts";
import { line } from "./text.ts";
import type { TimeStep } from "./time-step.ts";

/** What usage is counted by. */
export const usageDimensions = ["region", "model", "operation", "application", "tenant"] as const;
export type UsageDimension = (typeof usageDimensions)[number];

const names = z.array(line.min(1).max(253)).max(20).default([]);

/** Search of `/usage` and `/api/usage`. What narrows it: none of a kind is all of it. */
export const usageSearch = rangeSearch.extend({
  by: z.enum(usageDimensions).default("region"),
  /** Names of applications. */
  application: names,
  region: names,
  model: names,
  operation: names,
});
export type UsageSearch = z.infer<typeof usageSearch>;

/** Sums over calls. Tokens are as the provider reported them: a call whose answer reported none adds none. */
export type UsageFigures = {
  readonly calls: number;
  /** Ended without an answer, or with a status of 400 or more. */
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
};

/**
 * What the calls of known price cost, in US dollars, and how many calls that leaves out. What was not sent costs nothing and
 * is in none of the counts.
 */
export type CostFigures = {
  /** With the uplift that is known. Of the priced calls alone: the least it is, unless `isWholeCost`. */
  readonly usd: number;
  /** The part of `usd` that regional hosts added. */
  readonly upliftUsd: number;
  readonly pricedCalls: number;
  /** Calls that told their tokens, with a model that has no price that day. */
  readonly unpricedCalls: number;
  /** Calls that were sent and told no tokens, but for those that the provider turned away: they cost nothing. */
  readonly tokenlessCalls: number;
  /** Of the priced ones: whether the regional host added anything is not known, and nothing is added. */
  readonly upliftUnknownCalls: number;
};

/** Whether a sum is all that the calls cost; else it is the least that they cost. */
export function isWholeCost({ unpricedCalls, tokenlessCalls, upliftUnknownCalls }: CostFigures): boolean {
  return unpricedCalls + tokenlessCalls + upliftUnknownCalls === 0;
}

/** Whether regional hosts may have added something, and nothing of it is known. */
export function isUpliftUnknown({ upliftUsd, upliftUnknownCalls }: CostFigures): boolean {
  return upliftUsd === 0 && upliftUnknownCalls > 0;
}

/** One step of the window, beside the step of the period before that is as far from its start; null where it has none. */
export type UsagePoint = {
  readonly at: string;
  readonly calls: number;
  readonly tokens: number;
  readonly cost: CostFigures;
  readonly before: { readonly calls: number; readonly tokens: number; readonly cost: CostFigures } | null;
};

export type UsageRow = UsageFigures & {
  readonly cost: CostFigures;
  /** What the whole hours or days of the window cost, and as many in the period before. */
  readonly comparedCost: CostFigures;
  readonly previousCost: CostFigures;
  /** A region's code (or `global`, `unknown`, `none`), a model, an operation, an application's name, a tenant's slug. */
  readonly key: string;
  readonly bands: BandCounts;
  /** Calls in the whole hours or days of the window, and in as many in the period before. */
  readonly comparedCalls: number;
  readonly previousCalls: number;
  /** Calls per step of the window. */
  readonly points: readonly number[];
};

/** What was used in a span of whole hours or days. */
export type ComparedUsage = {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
  readonly tokens: number;
  readonly cost: CostFigures;
};

export type Usage = {
  readonly window: Window;
  /** Whether these tenants have any recorded call at all, in whatever time. */
  readonly hasCalls: boolean;
  /** The hours or days of the window up to the one it ends in; none where `from` is `to`. */
  readonly compared: ComparedUsage;
  /** As many just before the window. */
  readonly previous: ComparedUsage;
  /** False where they are held against nothing: there is none of them, or those before begin before the first recorded call. */
  readonly comparable: boolean;
  /** By how much earlier a point's `before` is, in milliseconds: of days whole weeks, so that weekdays stand side by side. */
  readonly lineMs: number;
  readonly step: TimeStep;
  readonly by: UsageDimension;
  /** Most calls first, at most 200. */
  readonly rows: readonly UsageRow[];
  /** Rows there are beyond those listed; the totals hold them. */
  readonly rowsLeftOff: number;
  readonly total: UsageFigures & Pick<UsageRow, "bands" | "cost">;
  readonly points: readonly UsagePoint[];
  readonly applications: readonly string[];
};
