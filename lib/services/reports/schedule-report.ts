import { isDeepStrictEqual } from "node:util";
import { v7 } from "uuid";
import { nextEnd } from "../../contracts/report-period.ts";
import type { ScheduleInput } from "../../contracts/reports.ts";
import { applicationsById } from "../../db/application.ts";
import { insertSchedule, standingSchedules, stopSchedule } from "../../db/report-schedule.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { demandMayEnd } from "./demand-own.ts";
import { filterOf } from "./filter-of.ts";

const schedulesMax = 10;

/** A pack after each month or quarter from now on, by itself. */
export const scheduleReport = mutation<ScheduleInput, { readonly id: string }>({
  permission: "report:build",
  event: "report.scheduled",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at, tenant: { tenantId } }, input) => {
    const sql = sqlOf(tx);
    const standing = await standingSchedules(sql, [tenantId]);
    if (standing.length >= schedulesMax)
      throw new Refusal("conflict", `${schedulesMax} schedules run for this tenant already. End one first.`);
    const { filter, words } = filterOf(input, await applicationsById(sql, [tenantId]));
    if (standing.some((each) => each.every === input.every && isDeepStrictEqual(each.filter, filter)))
      throw new Refusal("conflict", "The same schedule runs already.");
    const id = v7({ msecs: at.getTime() });
    const nextAt = nextEnd(input.every, at);
    await insertSchedule(sql, {
      tenantId,
      id,
      every: input.every,
      filter,
      filterWords: words,
      createdAt: at,
      createdName: actorName,
      createdBy: actor.kind === "person" ? actor.personId : null,
      nextAt,
    });
    const detail = { every: input.every, filter: words, next: nextAt.toISOString() };
    return { output: { id }, subject: id, detail };
  },
});

/** Ends a schedule, one of others where the role may; the packs it left stay. */
export const endSchedule = mutation<{ readonly tenant: string; readonly id: string }, Record<string, never>>({
  permission: "report:build",
  event: "report.schedule_ended",
  changesConfig: false,
  run: async ({ tx, at, actor, tenant }, { id }) => {
    const { tenantId } = tenant;
    const sql = sqlOf(tx);
    const found = (await standingSchedules(sql, [tenantId])).find((each) => each.id === id);
    if (found) demandMayEnd(actor, tenant, found.createdBy);
    if (!isUuid(id) || !(await stopSchedule(sql, tenantId, id, at)))
      throw new Refusal("not_found", "There is no such schedule, or it was ended already.");
    return { output: {}, subject: id, detail: {} };
  },
});
