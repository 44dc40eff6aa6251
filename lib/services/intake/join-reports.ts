import { findGatewayCall, joinCorroboration, openCorroborations } from "../../db/corroboration.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { startOfCall } from "../calls/start-of-call.ts";

/** A gateway that was away for longer has had its calls recorded by the sweeper. */
const waitedMsMax = 24 * 3_600_000;
const perTenantMax = 500;

/** Joins reports that came before the gateway had recorded their calls. Answers how many found theirs. */
export async function joinReports(now: Date): Promise<number> {
  const since = new Date(now.getTime() - waitedMsMax);
  let joined = 0;
  for (const tenantId of await allTenantIds())
    joined += await withTenantSql(tenantScope(tenantId), async (sql) => {
      let found = 0;
      for (const report of await openCorroborations(sql, tenantId, since, perTenantMax)) {
        const { clientId, gatewayCallId } = report;
        const began = gatewayCallId === null ? null : startOfCall(gatewayCallId);
        const callId = await findGatewayCall(sql, tenantId, report, began);
        if (callId === null) continue;
        await joinCorroboration(sql, tenantId, clientId, callId);
        found += 1;
      }
      return found;
    });
  return joined;
}
