import { countRowsWithoutMonth, createMonths } from "../../db/call-month.ts";

const monthsAhead = 6;

export type PreparedMonths = {
  readonly made: number;
  /** Rows in the default partitions. None is lost there, but every read of every month looks at them. */
  readonly strayRows: number;
};

/** Keeps the monthly partitions of this month and half a year ahead, so that recording never waits for one. */
export async function prepareMonths(now: Date): Promise<PreparedMonths> {
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead + 1, 1));
  return { made: await createMonths(now, until), strayRows: await countRowsWithoutMonth() };
}
