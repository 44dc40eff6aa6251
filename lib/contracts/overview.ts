import { z } from "zod";
import type { Band } from "../core/verdicts/verdict.ts";
import type { CallListItem } from "./calls.ts";
import type { FindingListItem } from "./findings.ts";
import { rangeSearch, type Window } from "./range.ts";
import { line } from "./text.ts";
import type { TimeStep } from "./time-step.ts";

/** Search of `/` and `/api/overview`. */
export const overviewSearch = rangeSearch.extend({
  /** Names of applications; none: all. */
  application: z.array(line.min(1).max(253)).max(20).default([]),
});
export type OverviewSearch = z.infer<typeof overviewSearch>;

export type BandCounts = Readonly<Record<Band, number>>;

/** One step of the chart: an hour up to 7 days, a UTC day up to 92, seven of them beyond. */
export type BandPoint = {
  readonly at: string;
  readonly bands: BandCounts;
  /** Calls by region, as `RegionUsage` names them; one that is not there had none. */
  readonly regions: Readonly<Record<string, number>>;
};

export type RegionUsage = {
  /** Region code, `global`, `unknown` (host in no catalog), or `none` (nothing was sent). */
  readonly region: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly bands: BandCounts;
};

/** Calls of a span of whole hours or days. */
export type ComparedBands = {
  readonly from: string;
  readonly to: string;
  readonly bands: BandCounts;
  readonly calls: number;
};

/** The last settled days beside what OpenAI counted. */
export type OverviewCoverage = {
  /** UTC days of which something was compared. */
  readonly days: number;
  /** Requests that the record can not account for. */
  readonly missing: number;
  /** Figures of these days that can not be compared. */
  readonly notComparable: number;
  /** The newest day and project of which requests are missing; null: none are. */
  readonly newest: { readonly tenant: string; readonly project: string; readonly day: string } | null;
  /** The days looked at, `to` exclusive. */
  readonly from: string;
  readonly to: string;
};

export type Overview = {
  readonly window: Window;
  /** The hours or days of the window up to the one it ends in; none where `from` is `to`. */
  readonly compared: ComparedBands;
  /** As many just before the window. */
  readonly previous: ComparedBands;
  /** False where they are held against nothing: there is none of them, or those before begin before the first recorded call. */
  readonly comparable: boolean;
  /** False where no call of these tenants was ever recorded, in whatever range and of whatever application. */
  readonly hasCalls: boolean;
  readonly calls: number;
  readonly notApplicable: number;
  readonly bands: BandCounts;
  readonly step: TimeStep;
  readonly points: readonly BandPoint[];
  readonly regions: readonly RegionUsage[];
  /** Of the range as it was asked for, to the millisecond. */
  readonly newestFlags: readonly CallListItem[];
  readonly openFindings: readonly FindingListItem[];
  readonly openFindingCount: number;
  /** Names of every application that may be chosen, sorted. */
  readonly applications: readonly string[];
  readonly simulated: boolean;
  /** Calls without a recorded end, and gaps: what the record does not show. */
  readonly callsWithoutEnd: number;
  /** null: no settled day was compared, as where no account at OpenAI is read. */
  readonly coverage: OverviewCoverage | null;
};
