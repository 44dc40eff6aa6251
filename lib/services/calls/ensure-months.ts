import { createMonths } from "../../db/call-month.ts";

/** Makes the monthly partitions these times fall into, before the transaction begins. Asks once per month. */
export async function ensureMonths(times: readonly string[]): Promise<void> {
  const months = new Set(times.map((time) => new Date(time).toISOString().slice(0, 7)));
  for (const month of months) {
    if (known.has(month)) continue;
    const start = new Date(`${month}-01T00:00:00.000Z`);
    await createMonths(start, new Date(start.getTime() + 1));
    known.add(month);
  }
}

const known = new Set<string>();
