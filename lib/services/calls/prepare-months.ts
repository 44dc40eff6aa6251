import { createMonths } from "../../db/call-month.ts";

const monthsAhead = 6;

/** Keeps the monthly partitions of this month and half a year ahead, so that recording never waits for one. */
export async function prepareMonths(now: Date): Promise<number> {
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead + 1, 1));
  return createMonths(now, until);
}
