import type { CallRecord } from "../../core/calls/call-record.ts";
import { listOpenIntents } from "../../db/call-intent.ts";
import { askServerTime, type ExpiredBoot, fenceExpiredBoots, markBootSwept } from "../../db/gateway-boot.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { leaseMs } from "../boots/register-boot.ts";
import { createTurns } from "../jobs/create-turns.ts";
import { closeBoot } from "../ledger/close-boot.ts";
import { recordCalls } from "./record-calls.ts";
import { recordsWithoutEnd } from "./records-without-end.ts";
import { createStoreWatch } from "./store-watch.ts";

const pageSize = 2_000;

export type SweepResult = { readonly boots: number; readonly calls: number; readonly rejected: number };

/**
 * Records, without an end, the calls that a dead gateway left open: outside policy where the intent's host was, else not
 * verifiable. Never by a fixed timeout: only a boot whose lease has run out is swept, because a call may live long. Behind
 * an outage of the store every lease has run out, and its gateways live: each has one lease's time to renew it, counted from
 * when this process reaches the store again and from when its server was started.
 *
 * crash: a boot is fenced first, so that it opens no intent behind the sweep. It is gone through twice: at once, and when
 * no insert that began before the fence can still be under way. Whatever this process leaves, the next pass takes.
 */
export async function sweepExpiredBoots(now: Date | null = null): Promise<SweepResult> {
  let calls = 0;
  let rejected = 0;
  const turns = createTurns();
  const of = (tenantId: string) => tenantId;
  const askedAt = await askServerTime();
  const boots = await fenceExpiredBoots({ now, leaseMs, reachedMs: watch.reached(), askedAt });
  const tenantIds = boots.length === 0 ? [] : await allTenantIds();
  for (const boot of boots) {
    if (!boot.settled && goneThrough.has(boot.id)) continue;
    let left = 0;
    const wentThrough = await turns.each(tenantIds, of, async (tenantId) => {
      const swept = await sweepTenant(tenantId, boot);
      calls += swept.calls;
      left += swept.rejected;
    });
    rejected += left;
    if (!wentThrough || left > 0) continue;
    goneThrough.add(boot.id);
    if (!boot.settled) continue;
    // crash: a pass that ends between two of these is gone through again; what was said is not said twice.
    if (!(await turns.each(tenantIds, of, (tenantId) => closeBoot(tenantId, boot.id)))) continue;
    await markBootSwept(boot.id);
    goneThrough.delete(boot.id);
  }
  turns.end();
  return { boots: boots.length, calls, rejected };
}

/** A pass begins every three seconds, and each page of one reaches the store. */
const watch = createStoreWatch({ gapMsMax: 6_000, now: Date.now });

/** Boots that were gone through once by this process. Forgetting them costs another look, nothing else. */
const goneThrough = new Set<string>();

async function sweepTenant(
  tenantId: string,
  boot: ExpiredBoot,
): Promise<{ calls: number; rejected: number }> {
  const total = { calls: 0, rejected: 0 };
  let below: number | null = null;
  do {
    const page = await readPage(tenantId, boot, below);
    const results = await recordCalls(tenantId, page.records);
    watch.reached();
    for (const { outcome } of results) {
      if (outcome === "rejected") total.rejected += 1;
      else total.calls += 1;
    }
    below = page.below;
  } while (below !== null);
  return total;
}

async function readPage(
  tenantId: string,
  boot: ExpiredBoot,
  from: number | null,
): Promise<{ records: CallRecord[]; below: number | null }> {
  return withTenantSql({ read: [tenantId], write: null }, async (sql) => {
    const { open, below } = await listOpenIntents(sql, tenantId, boot.id, from, pageSize);
    return { records: await recordsWithoutEnd(sql, tenantId, open, boot.spooled), below };
  });
}
