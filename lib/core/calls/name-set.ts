/** So many features are kept of a request or of an answer, so that neither fills memory or the record with names. */
export const featuresMax = 100;

/** Names from outside, each once and at most `max` of them. */
export type NameSet = {
  add(name: string): void;
  /** False once a name found no place: then nothing follows from what is not there. */
  isWhole(): boolean;
  sorted(): string[];
};

export function createNameSet(max: number = featuresMax): NameSet {
  const names = new Set<string>();
  let whole = true;
  return {
    add(name) {
      if (names.size < max) names.add(name);
      else if (!names.has(name)) whole = false;
    },
    isWhole: () => whole,
    sorted: () => [...names].sort(),
  };
}
