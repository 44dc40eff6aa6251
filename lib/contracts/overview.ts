import type { Band } from "../core/verdicts/verdict.ts";
import type { CallListItem } from "./calls.ts";
import type { FindingListItem } from "./findings.ts";
import type { Window } from "./range.ts";

export type BandCounts = Readonly<Record<Band, number>>;

/** One step of the chart: an hour up to 7 days, a UTC day beyond. */
export type BandPoint = { readonly at: string; readonly bands: BandCounts };

export type RegionUsage = {
  /** Region code, `global`, `unknown` (host in no catalog), or `none` (nothing was sent). */
  readonly region: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly bands: BandCounts;
};

export type Overview = {
  readonly window: Window;
  readonly previous: {
    readonly from: string;
    readonly to: string;
    readonly bands: BandCounts;
    readonly calls: number;
  };
  readonly calls: number;
  readonly notApplicable: number;
  readonly bands: BandCounts;
  readonly step: "hour" | "day";
  readonly points: readonly BandPoint[];
  readonly regions: readonly RegionUsage[];
  readonly newestFlags: readonly CallListItem[];
  readonly openFindings: readonly FindingListItem[];
  readonly openFindingCount: number;
  readonly simulated: boolean;
  /** Calls without a recorded end, and gaps: what the record does not show. */
  readonly callsWithoutEnd: number;
};
