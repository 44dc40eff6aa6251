import { nextEnd, periodEnding } from "../../contracts/report-period.ts";
import { deleteChunks } from "../../db/report-chunk.ts";
import { markDropped, packsToDrop } from "../../db/report-queue.ts";
import { type ReportScheduleRow, standingSchedules } from "../../db/report-schedule.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { createTurns } from "../jobs/create-turns.ts";
import { findRange } from "./find-range.ts";
import { requestScheduled } from "./request-report.ts";

const worker: Actor = { kind: "system", job: "report-schedules" };

/**
 * Asks for the packs whose period has ended, once each and oldest first, when the log was signed after it: a pack that is
 * built sooner is provisional, and nobody would build it again. A log nobody writes to is signed every hour. Drops packs that
 * are kept no longer; under a legal hold none.
 *
 * crash: the schedule moves on in the transaction that asks. What fails before it is there is tried again by the next pass.
 */
export async function runSchedules(now: Date): Promise<{ asked: number; dropped: number }> {
  const tenantIds = await allTenantIds();
  const read = { read: tenantIds, write: null };
  const due = (await withTenantSql(read, (sql) => standingSchedules(sql, tenantIds))).filter(
    // A minute, for what gateways record of the period's last calls.
    ({ nextAt }) => nextAt.getTime() + 60_000 <= now.getTime(),
  );
  let asked = 0;
  const turns = createTurns();
  const of = ({ tenantId }: { readonly tenantId: string }) => tenantId;
  await turns.each(due, of, async (schedule) => {
    if (await ask(schedule)) asked += 1;
  });
  const over = await withTenantSql(read, (sql) => packsToDrop(sql, tenantIds, now));
  await turns.each(over, of, ({ tenantId, id }) =>
    withTenantSql(tenantScope(tenantId), async (sql) => {
      await deleteChunks(sql, tenantId, id);
      await markDropped(sql, { tenantId, id }, now);
    }),
  );
  turns.end();
  return { asked, dropped: over.length };
}

async function ask(schedule: ReportScheduleRow): Promise<boolean> {
  const { tenantId, id, every, filter, filterWords, nextAt } = schedule;
  const period = periodEnding(every, nextAt);
  const scope = { read: [tenantId], write: null };
  const range = await withTenantSql(scope, (sql) => findRange(sql, tenantId, period, null));
  if (!range?.final) return false;
  // By its own rhythm: what ended while no worker ran is asked for one by one.
  const turn = { tenantId, id, nextAt, to: nextEnd(every, nextAt) };
  return requestScheduled(worker, { tenant: tenantId, period, filter, words: filterWords, turn });
}
