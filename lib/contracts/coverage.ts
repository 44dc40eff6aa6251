import type { RecordedUsage, UsageState } from "../core/accounts/compare-usage.ts";
import type { UsageKind } from "../core/accounts/usage-kind.ts";
import { rangeSearch } from "./range.ts";

/** Search of `/usage/coverage` and `/api/usage/coverage`. Days are UTC days: those that the range touches. */
export const coverageSearch = rangeSearch;

/** One kind of usage of a project on a day, as OpenAI counted it beside the record. */
export type CoverageRow = RecordedUsage & {
  readonly tenant: string;
  readonly projectId: string;
  readonly projectName: string | null;
  /** `2026-11-27`. */
  readonly day: string;
  readonly kind: UsageKind;
  /** Without those of batches, where OpenAI tells them apart. */
  readonly providerRequests: number;
  readonly batchRequests: number;
  readonly state: UsageState;
  /** Requests the record can not account for. */
  readonly missing: number;
  /** null: provisional; it is counted again until 48 hours after the day's end. */
  readonly settledAt: string | null;
  /** The project's case, where requests are missing; null: there is none. */
  readonly findingId: string | null;
};

export type CoveragePoint = {
  /** Midnight at which the day begins. */
  readonly at: string;
  readonly providerRequests: number;
  /** Sent by recorded calls. */
  readonly recorded: number;
  readonly missing: number;
  /** `none`: nothing was compared. `provisional`: something of it is not settled yet. */
  readonly standing: "none" | "provisional" | "settled";
};

export type CoverageTotal = {
  /** UTC days of which something is settled. */
  readonly settledDays: number;
  /** What OpenAI counted on settled days, of what can be compared. */
  readonly settledRequests: number;
  readonly missing: number;
  /** Rows of settled days that are not comparable. */
  readonly notComparable: number;
  /** Rows of settled days of which OpenAI counted fewer. */
  readonly fewer: number;
  /** UTC days of which something is provisional. */
  readonly provisionalDays: number;
  /** Not compared, on all days. */
  readonly batchRequests: number;
};

/** A span of UTC days, `to` exclusive. */
export type DaySpan = { readonly from: string; readonly to: string };

export type CoverageProject = {
  readonly projectId: string;
  readonly name: string | null;
  /** When OpenAI's figures were read last; null: never. */
  readonly readAt: string | null;
  /** Days of the range that are over and were not read. */
  readonly unread: readonly DaySpan[];
};

/** What is compared of a tenant, and what is not. */
export type CoverageTenant = {
  readonly tenant: string;
  readonly simulated: boolean;
  /** `none`: nobody gave an admin key. `waiting`: it was not read yet. */
  readonly account: "none" | "waiting" | "reading" | "failing";
  readonly failingSince: string | null;
  /** Keys in use of which nobody stated the project. */
  readonly keysWithoutProject: number;
  /** Those that a key of the tenant names. */
  readonly projects: readonly CoverageProject[];
};

export type UsageCoverage = {
  /** The days shown. */
  readonly window: DaySpan;
  readonly total: CoverageTotal;
  readonly points: readonly CoveragePoint[];
  /** Newest day first. */
  readonly rows: readonly CoverageRow[];
  /** Rows of older days beyond those listed; the totals hold them. */
  readonly rowsLeftOff: number;
  readonly tenants: readonly CoverageTenant[];
};
