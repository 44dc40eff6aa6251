/** When a key was here, in milliseconds since 1970. */
export type KeySpan = {
  readonly createdAt: number;
  /** null: it still is. */
  readonly revokedAt: number | null;
};

/**
 * Whether some key was here at every moment of a span, also where one took the place of another in it. Else what the provider
 * counted of the project in that span was not all to be recorded.
 */
export function isCoveredByKeys(keys: readonly KeySpan[], from: number, to: number): boolean {
  let until = from;
  for (const { createdAt, revokedAt } of keys.toSorted((a, b) => a.createdAt - b.createdAt)) {
    if (createdAt > until) break;
    until = Math.max(until, revokedAt ?? to);
  }
  return until >= to;
}
