import { type Database, database } from "./connection.ts";

/** What a process keeps of its database in memory: of another database, or of one that was closed, it holds nothing. */
export function perDatabase<Kept>(make: () => Kept): () => Kept {
  const kept = new WeakMap<Database, Kept>();
  return () => {
    const of = database();
    const known = kept.get(of);
    if (known !== undefined) return known;
    const made = make();
    kept.set(of, made);
    return made;
  };
}
