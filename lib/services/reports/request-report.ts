import { v7 } from "uuid";
import type { ReportPeriod } from "../../contracts/report-period.ts";
import type { ReportInput } from "../../contracts/reports.ts";
import type { ReportFilter } from "../../core/reports/call-filter.ts";
import { countOpenReports, insertReport } from "../../db/report.ts";
import { moveSchedule, type ScheduleTurn } from "../../db/report-schedule.ts";
import { readTenantsSql, sqlOf } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { countIn, lookAhead } from "./preview-report.ts";

/** So many of a tenant may wait or be under way. */
const openMax = 10;

/** Puts a report into the queue; a worker builds it. Answers its id. */
export async function requestReport(actor: Actor, input: ReportInput): Promise<{ readonly id: string }> {
  const { tenantId } = await tenantFor(actor, "report:build", input.tenant);
  const outlook = await readTenantsSql([tenantId], (sql) => lookAhead(sql, { tenantId }, input));
  const { range, calls, filter, words } = outlook;
  if (range === null)
    throw new Refusal(
      "conflict",
      "Nothing of this log is signed yet. A checkpoint is signed every 10 seconds.",
    );
  const period = { from: new Date(input.from), to: new Date(input.to) };
  const { epoch } = range.key;
  return enqueue(actor, { tenant: tenantId, period, filter, words, calls, epoch, turn: null });
}

/**
 * The same by a schedule, which moves on with it. Where nothing is signed, the report fails and says so. False: another worker
 * has moved the schedule on, or somebody ended it.
 */
export async function requestScheduled(
  actor: Actor,
  wanted: Omit<Enqueued, "calls" | "epoch"> & { readonly turn: ScheduleTurn },
): Promise<boolean> {
  const { tenant: tenantId, period, filter } = wanted;
  const { range, calls } = await readTenantsSql([tenantId], (sql) => countIn(sql, tenantId, period, filter));
  try {
    await enqueue(actor, { ...wanted, calls, epoch: range?.key.epoch ?? 1 });
    return true;
  } catch (error) {
    if (error instanceof TurnTaken) return false;
    throw error;
  }
}

class TurnTaken extends Error {}

type Enqueued = {
  readonly tenant: string;
  readonly period: ReportPeriod;
  readonly filter: ReportFilter;
  readonly words: string;
  readonly calls: number;
  readonly epoch: number;
  /** Of the schedule that asks; null: a person does. */
  readonly turn: ScheduleTurn | null;
};

const enqueue = mutation<Enqueued, { readonly id: string }>({
  permission: "report:build",
  event: "report.requested",
  changesConfig: false,
  run: async ({ tx, actor, actorName, at, tenant: { tenantId } }, wanted) => {
    const { period, filter, words, calls, epoch, turn } = wanted;
    const sql = sqlOf(tx);
    if (turn !== null && !(await moveSchedule(sql, turn))) throw new TurnTaken();
    if (turn === null && (await countOpenReports(sql, tenantId)) >= openMax)
      throw new Refusal(
        "conflict",
        `${openMax} reports of this tenant wait already. Cancel one, or wait for it.`,
      );
    const id = v7({ msecs: at.getTime() });
    await insertReport(sql, {
      tenantId,
      id,
      periodFrom: period.from,
      periodTo: period.to,
      epoch,
      filter,
      filterWords: words,
      counted: calls,
      requestedAt: at,
      requestedName: actorName,
      requestedBy: actor.kind === "person" ? actor.personId : null,
      scheduleId: turn?.id ?? null,
    });
    const detail = { from: period.from.toISOString(), to: period.to.toISOString(), filter: words, calls };
    return { output: { id }, subject: id, detail };
  },
});
