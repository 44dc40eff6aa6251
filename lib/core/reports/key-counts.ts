/** How often something was met, by what it is. */
export function countKey<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function mergeCounts<Key>(into: Map<Key, number>, next: ReadonlyMap<Key, number>): void {
  for (const [key, n] of next) into.set(key, (into.get(key) ?? 0) + n);
}

export function sumOf(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const n of counts.values()) sum += n;
  return sum;
}
