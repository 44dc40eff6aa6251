import { createMonths } from "../../db/call-month.ts";
import { perDatabase } from "../../db/per-database.ts";

/** A month that retention dropped is made again where something arrives for it after all, so nothing is known for ever. */
const knownMs = 60_000;

/** Makes the monthly partitions these times fall into, before the transaction begins. Asks once a minute per month. */
export async function ensureMonths(times: readonly string[]): Promise<void> {
  const months = new Set(times.map((time) => new Date(time).toISOString().slice(0, 7)));
  const known = knownHere();
  for (const month of months) {
    if (performance.now() - (known.get(month) ?? Number.NEGATIVE_INFINITY) < knownMs) continue;
    const start = new Date(`${month}-01T00:00:00.000Z`);
    await createMonths(start, new Date(start.getTime() + 1));
    known.set(month, performance.now());
  }
}

const knownHere = perDatabase(() => new Map<string, number>());
