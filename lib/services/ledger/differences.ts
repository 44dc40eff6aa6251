/** Something in which the store is not what was signed, or cannot be what follows from it. Null: at no entry in particular. */
export type Difference = { readonly atIndex: number | null; readonly sentence: string };

const keptMax = 200;

/** What a full check found, in the order of the walk; the first ones in words, all of them counted. */
export type Differences = {
  readonly kept: readonly Difference[];
  readonly count: number;
  add(atIndex: number | null, sentence: string): void;
  /** So many more, of which nothing is known but that they are there. */
  addUnnamed(count: number): void;
};

export function collectDifferences(): Differences {
  const kept: Difference[] = [];
  let count = 0;
  return {
    kept,
    get count() {
      return count;
    },
    add(atIndex, sentence) {
      count += 1;
      if (kept.length < keptMax) kept.push({ atIndex, sentence });
    },
    addUnnamed(more) {
      count += more;
    },
  };
}
