import type { UsageState } from "../accounts/compare-usage.ts";
import type { Total } from "./exact-sum.ts";

type UsageCounts<Count> = {
  /** Requests that the provider counted, without those of batches, and those of batches. */
  readonly provider_requests: Count;
  readonly batch_requests: Count;
  /** Recorded calls of the project that were sent; of these answered with a success; told by other programs. */
  readonly sent: Count;
  readonly accepted: Count;
  readonly reported: Count;
  /** Of the days beside it that the provider may count to this one; and of this one that it may count to those. */
  readonly edge: Count;
  readonly own_edge: Count;
  /** Of no project that is known: any of them may be of this one. */
  readonly unnamed: Count;
  /** Recorded by other tenants that have a key of the project. */
  readonly elsewhere: Count;
  /** Recorded calls of which one may be any number of requests. */
  readonly open: Count;
  /** Requests that the record cannot account for. */
  readonly missing: Count;
};

/** Days of a project and kind of usage that were held against the provider's count, by what came of them. */
export type UsageOfProject = UsageCounts<Total> &
  Readonly<Record<UsageState, number>> & {
    /** The provider's id. */
    readonly project: string;
    readonly kind: string;
    readonly days: number;
    /** UTC, such as `2026-11-27`. */
    readonly first_day: string;
    readonly last_day: string;
  };

/** One such day. */
export type UsageDay = UsageCounts<number> & {
  readonly index: number;
  readonly project: string;
  readonly kind: string;
  readonly day: string;
  readonly state: UsageState;
  /** False: of a day before the period, and settled in it. */
  readonly of_period: boolean;
};
