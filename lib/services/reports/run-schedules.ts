import { nextEnd, periodEnding } from "../../contracts/report-period.ts";
import { deleteChunks } from "../../db/report-chunk.ts";
import { expiredReports, markDropped } from "../../db/report-queue.ts";
import { moveSchedule, type ReportScheduleRow, standingSchedules } from "../../db/report-schedule.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { requestScheduled } from "./request-report.ts";

const worker: Actor = { kind: "system", job: "report-schedules" };

/**
 * Asks for the packs whose period has ended, once each, when the log was signed after it; drops packs whose time is over.
 *
 * crash: the schedule moves on first. A worker that dies in between leaves one pack out, which a person can have built;
 * the other order would build it twice.
 */
export async function runSchedules(now: Date): Promise<{ asked: number; dropped: number }> {
  const tenantIds = await allTenantIds();
  const read = { read: tenantIds, write: null };
  const due = (await withTenantSql(read, (sql) => standingSchedules(sql, tenantIds))).filter(
    // A minute, so that the signer has seen the period's last entries.
    ({ nextAt }) => nextAt.getTime() + 60_000 <= now.getTime(),
  );
  let asked = 0;
  for (const schedule of due) if (await ask(schedule, now)) asked += 1;
  const over = await withTenantSql(read, (sql) => expiredReports(sql, tenantIds, now));
  for (const { tenantId, id } of over)
    await withTenantSql(tenantScope(tenantId), async (sql) => {
      await deleteChunks(sql, tenantId, id);
      await markDropped(sql, { tenantId, id }, now);
    });
  return { asked, dropped: over.length };
}

async function ask(schedule: ReportScheduleRow, now: Date): Promise<boolean> {
  const { tenantId, id, every, filter, filterWords, nextAt } = schedule;
  const moved = await withTenantSql(tenantScope(tenantId), (sql) =>
    moveSchedule(sql, schedule, nextEnd(every, now)),
  );
  if (!moved) return false;
  const period = periodEnding(every, nextAt);
  await requestScheduled(worker, { tenant: tenantId, period, filter, words: filterWords, scheduleId: id });
  return true;
}
