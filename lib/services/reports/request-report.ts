import { v7 } from "uuid";
import type { ReportInput } from "../../contracts/reports.ts";
import { countOpenReports, insertReport } from "../../db/report.ts";
import { readTenantsSql, sqlOf } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { lookAhead, type Outlook } from "./preview-report.ts";

/** So many of a tenant may wait or be under way. */
const openMax = 10;

/** Puts a report into the queue; a worker builds it. Answers its id. */
export async function requestReport(
  actor: Actor,
  input: ReportInput,
  scheduleId: string | null = null,
): Promise<{ readonly id: string }> {
  const { tenantId } = await tenantFor(actor, "report:build", input.tenant);
  const outlook = await readTenantsSql([tenantId], (sql) => lookAhead(sql, { tenantId }, input));
  if (outlook.range === null)
    throw new Refusal(
      "conflict",
      "Nothing of this log is signed yet. A checkpoint is signed every 10 seconds.",
    );
  return enqueue(actor, { ...input, outlook, epoch: outlook.range.key.epoch, scheduleId });
}

type Enqueued = ReportInput & {
  readonly outlook: Outlook;
  readonly epoch: number;
  readonly scheduleId: string | null;
};

const enqueue = mutation<Enqueued, { readonly id: string }>({
  permission: "report:build",
  event: "report.requested",
  changesConfig: false,
  run: async (
    { tx, actor, actorName, at, tenant: { tenantId } },
    { from, to, outlook, epoch, scheduleId },
  ) => {
    const sql = sqlOf(tx);
    if ((await countOpenReports(sql, tenantId)) >= openMax)
      throw new Refusal(
        "conflict",
        `${openMax} reports of this tenant wait already. Cancel one, or wait for it.`,
      );
    const id = v7({ msecs: at.getTime() });
    const { filter, words, calls } = outlook;
    await insertReport(sql, {
      tenantId,
      id,
      periodFrom: new Date(from),
      periodTo: new Date(to),
      epoch,
      filter,
      filterWords: words,
      counted: calls,
      requestedAt: at,
      requestedName: actorName,
      requestedBy: actor.kind === "person" ? actor.personId : null,
      scheduleId,
    });
    const detail = {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      filter: words,
      calls,
    };
    return { output: { id }, subject: id, detail };
  },
});
