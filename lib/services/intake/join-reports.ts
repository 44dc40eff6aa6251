import {
  findGatewayCall,
  giveUpCorroborations,
  hasOverdueCorroborations,
  joinCorroboration,
  openCorroborations,
} from "../../db/corroboration.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { startOfCall } from "../calls/start-of-call.ts";
import { raiseMissedCalls } from "./raise-missed-calls.ts";

/** A gateway that was away for longer has had its calls recorded by the sweeper. */
const waitedMsMax = 24 * 3_600_000;
const perTenantMax = 500;

/**
 * Joins reports that came before the gateway had recorded their calls. One that did not find its own within a day is looked
 * for no longer, and a case for people where the record should hold it. Answers how many found theirs, and how many calls are missed.
 */
export async function joinReports(now: Date): Promise<{ joined: number; missed: number }> {
  const since = new Date(now.getTime() - waitedMsMax);
  let joined = 0;
  let missed = 0;
  for (const tenantId of await allTenantIds()) {
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
    missed += await giveUp(tenantId, since, now);
  }
  return { joined, missed };
}

async function giveUp(tenantId: string, before: Date, at: Date): Promise<number> {
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    if (!(await hasOverdueCorroborations(sql, tenantId, before))) return 0;
    // crash: the lock first, as in recording, so that a finding has one writer per tenant.
    await lockRecording(sql, tenantId);
    const reports = await giveUpCorroborations(sql, tenantId, { before, at, limit: perTenantMax });
    return raiseMissedCalls(sql, tenantId, reports, at);
  });
}
