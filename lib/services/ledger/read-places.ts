import { type LogKey, type StoredBody, storedBodies, storedEntries } from "../../db/ledger-walk.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { StoredPlace } from "./stored-entry.ts";

const pageEntries = 500;

/**
 * What is stored for each place of [from, to), in order and without leaving one out: a place with nothing in it comes, too.
 * At most a page is held.
 */
export async function* readPlaces(
  sql: SqlTransaction,
  log: LogKey,
  from: number,
  to: number,
): AsyncGenerator<StoredPlace[]> {
  for (let start = from; start < to; start += pageEntries) {
    const end = Math.min(start + pageEntries, to);
    const [rows, bodies] = [
      await storedEntries(sql, log, start, end),
      await storedBodies(sql, log, start, end),
    ];
    const rowOf = new Map(rows.map((row) => [row.index, row]));
    const bodiesOf = new Map<number, StoredBody[]>();
    for (const body of bodies) bodiesOf.set(body.index, [...(bodiesOf.get(body.index) ?? []), body]);
    yield Array.from({ length: end - start }, (_, i) => ({
      index: start + i,
      row: rowOf.get(start + i) ?? null,
      bodies: bodiesOf.get(start + i) ?? [],
    }));
  }
}
