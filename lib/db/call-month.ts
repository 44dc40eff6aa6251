import { querySql } from "./with-tenant.ts";

/** Read by everybody who records: makes the monthly partitions that hold `[from, until)` where they are missing. */
export async function createMonths(from: Date, until: Date): Promise<number> {
  const [row] = await querySql<{ made: number }>("SELECT create_call_months($1, $2) AS made", [from, until]);
  return row?.made ?? 0;
}
