/**
 * Everything a pack is checked for. Each name stands for code that can be left out by naming it, so that a test can
 * show of each that some pack is refused by it alone.
 */
export const packChecks = [
  "archive",
  "manifest form",
  "pack id",
  "files listed",
  "file hashes",
  "manifest signature",
  "start checkpoint",
  "end checkpoint",
  "same log",
  "start frontier",
  "period",
  "range",
  "entries present",
  "leaf hashes",
  "entry form",
  "entry place",
  "entry meaning",
  "commitments",
  "documents",
  "judged again",
  "comparisons",
  "counters",
  "report form",
  "figures",
  "findings table",
  "since",
] as const;

export type PackCheck = (typeof packChecks)[number];

/** What is wrong with one entry. `grave` false: this program knows less than the writer did. */
export type EntryFault = {
  readonly check: PackCheck;
  readonly index: number;
  readonly grave: boolean;
  readonly words: string;
};
