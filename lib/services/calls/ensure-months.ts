import type { CallRecord } from "../../core/calls/call-record.ts";
import { createMonths } from "../../db/call-month.ts";

/** Makes the monthly partitions these records fall into, before their transaction begins. Asks once per month. */
export async function ensureMonths(records: readonly CallRecord[]): Promise<void> {
  const months = new Set(records.map((record) => new Date(record.startedAt).toISOString().slice(0, 7)));
  for (const month of months) {
    if (known.has(month)) continue;
    const start = new Date(`${month}-01T00:00:00.000Z`);
    await createMonths(start, new Date(start.getTime() + 1));
    known.add(month);
  }
}

const known = new Set<string>();
