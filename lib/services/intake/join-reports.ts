import {
  giveUpCorroborations,
  hasOverdueCorroborations,
  joinCorroborations,
  type OpenReport,
  openCorroborations,
  tenantsWithOpenReports,
} from "../../db/corroboration.ts";
import { findGatewayCalls } from "../../db/gateway-call.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { raiseMissedCalls } from "./raise-missed-calls.ts";
import { soughtCall } from "./sought-call.ts";

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
  await forEachTenant(await acrossTenants(tenantsWithOpenReports), async (tenantId) => {
    joined += await withTenantSql(tenantScope(tenantId), (sql) => joinOpen(sql, tenantId, since));
    missed += await giveUp(tenantId, since, now);
  });
  return { joined, missed };
}

/** All that wait, in pages: reports that never find their call must not stand before those that would. */
async function joinOpen(sql: SqlTransaction, tenantId: string, since: Date): Promise<number> {
  let joined = 0;
  for (let behind: OpenReport | null = null; ; ) {
    const open: OpenReport[] = await openCorroborations(sql, tenantId, since, {
      behind,
      limit: perTenantMax,
    });
    const calls = await findGatewayCalls(sql, tenantId, open.map(soughtCall));
    const found = [...calls].map(([clientId, callId]) => ({ clientId, callId }));
    await joinCorroborations(sql, tenantId, found);
    joined += found.length;
    behind = open.at(-1) ?? null;
    if (open.length < perTenantMax) return joined;
  }
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
