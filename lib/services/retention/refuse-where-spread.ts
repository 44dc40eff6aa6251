import { isSpread } from "../../db/spread.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { Refusal } from "../refusal.ts";

/**
 * On a Citus cluster nothing is deleted: a deletion and the entry that says so are one transaction of two database roles,
 * which the coordinator refuses (decision 0018). Nobody is to approve what will not happen.
 */
export async function refuseWhereSpread(sql: SqlTransaction): Promise<void> {
  if (await isSpread(sql))
    throw new Refusal(
      "unavailable",
      "This deployment keeps its record on a Citus cluster, where nothing is deleted yet: neither by age nor for a person.",
    );
}
