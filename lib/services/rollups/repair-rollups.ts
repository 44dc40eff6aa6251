import { deletedBefore } from "../../db/call-month.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { differingHours, recountDay, recountHour } from "../../db/rollup-repair.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { floorTo } from "../window.ts";
import { histogramBounds } from "./histogram.ts";

const hourMs = 3_600_000;
/** A pass looks at the hours of two days, and mends so many of each tenant; the next goes on. */
const lookedAtMs = 48 * hourMs;
const hoursMax = 24;

/**
 * Counts hours again whose rollups are not what their calls say, and the days they belong to. Nothing makes them differ: a call
 * and its count are one transaction. This is for what should not have happened. What retention deleted is left as it was
 * counted. `from`: how far back to look, where that is not two days. Answers how many hours were mended.
 */
export async function repairRollups(now: Date, from = new Date(now.getTime() - lookedAtMs)): Promise<number> {
  let mended = 0;
  await forEachTenant(await allTenantIds(), async (tenantId) => {
    mended += await repairTenant(tenantId, floorTo("hour", from), now);
  });
  return mended;
}

/** crash: the log's lock is the first statement, as in every recording, so that none adds to an hour that is replaced. */
async function repairTenant(tenantId: string, from: Date, to: Date): Promise<number> {
  const look = (sql: Parameters<Parameters<typeof withTenantSql>[1]>[0]) => hoursOf(sql, tenantId, from, to);
  // Without the lock first: nearly always there is nothing to do.
  if ((await withTenantSql({ read: [tenantId], write: null }, look)).length === 0) return 0;
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    await lockRecording(sql, tenantId);
    const hours = await look(sql);
    for (const hour of hours) await recountHour(sql, tenantId, hour, histogramBounds);
    const days = new Set(hours.map((hour) => floorTo("day", hour).getTime()));
    for (const day of days) await recountDay(sql, tenantId, new Date(day));
    return hours.length;
  });
}

async function hoursOf(
  sql: Parameters<typeof differingHours>[0],
  tenantId: string,
  from: Date,
  to: Date,
): Promise<Date[]> {
  const kept = (await deletedBefore(sql, "call", [tenantId])).get(tenantId) ?? from;
  const span = { from: kept > from ? kept : from, to };
  return span.from >= to ? [] : differingHours(sql, tenantId, span, hoursMax);
}
