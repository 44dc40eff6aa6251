import type { ReportFilter } from "./call-filter.ts";

/** What a report is about. All of it stands in the pack's signed manifest. */
export type ReportFrame = {
  /** The pack's. */
  readonly id: string;
  /** Origin of the log. */
  readonly log: string;
  /** Places of the log: `first` included, `end` not. */
  readonly first: number;
  readonly end: number;
  /** base64 of the root at `end`. */
  readonly endRoot: string;
  /** Calls are chosen by their start: `from` included, `to` not. RFC 3339 UTC with milliseconds. */
  readonly from: string;
  readonly to: string;
  readonly status: "final" | "provisional";
  readonly filter: ReportFilter;
  readonly disclosure: "all" | "selected";
};
