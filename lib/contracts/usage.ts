import { z } from "zod";
import type { BandCounts } from "./overview.ts";
import { rangeSearch, type Window } from "./range.ts";
import { line } from "./text.ts";

/** What usage is counted by. */
export const usageDimensions = ["region", "model", "operation", "application", "tenant"] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** Search of `/usage` and `/api/usage`. */
export const usageSearch = rangeSearch.extend({
  by: z.enum(usageDimensions).default("region"),
  /** Names of applications; none: all. */
  application: z.array(line.min(1).max(253)).max(20).default([]),
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

export type UsageRow = UsageFigures & {
  /** A region's code (or `global`, `unknown`, `none`), a model, an operation, an application's name, a tenant's slug. */
  readonly key: string;
  readonly bands: BandCounts;
  /** Calls in the period before. */
  readonly previousCalls: number;
  /** Calls per step of the window. */
  readonly points: readonly number[];
};

export type Usage = {
  readonly window: Window;
  readonly previous: { readonly from: string; readonly to: string; readonly calls: number };
  readonly step: "hour" | "day";
  readonly by: UsageDimension;
  /** Most calls first, at most 200. */
  readonly rows: readonly UsageRow[];
  /** Rows there are beyond those listed; the totals hold them. */
  readonly rowsLeftOff: number;
  readonly total: UsageFigures;
  readonly applications: readonly string[];
};
