/** What a measurement says: figures as they were measured, ratios of two of them from the same run. */
export type BenchResult = {
  /** null: the reference could not be measured. */
  readonly ratios: Readonly<Record<string, number | null>>;
  readonly figures: Readonly<Record<string, unknown>>;
};
