/** What a measurement says: figures as they were measured, ratios of two of them from the same run. */
export type BenchResult = {
  readonly ratios: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, unknown>>;
};
