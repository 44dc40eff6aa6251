import { findReport, wantCancelled } from "../../db/report.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { demandMayEnd } from "./demand-own.ts";

type Input = { readonly tenant: string; readonly id: string };

/** Wants a report stopped; the worker does so within seconds. One that is closed, or of others, is refused. */
export const cancelReport = mutation<Input, Record<string, never>>({
  permission: "report:build",
  event: "report.cancelled",
  changesConfig: false,
  run: async ({ tx, at, actor, tenant }, { id }) => {
    const { tenantId } = tenant;
    const sql = sqlOf(tx);
    const report = isUuid(id) ? await findReport(sql, [tenantId], id) : null;
    if (!report) throw new Refusal("not_found", "There is no such report.");
    if (report.state === "ready" || report.state === "failed" || report.state === "cancelled")
      throw new Refusal("conflict", "This report is closed already.");
    demandMayEnd(actor, tenant, report.requestedBy);
    await wantCancelled(sql, tenantId, id, at);
    return { output: {}, subject: id, detail: { state: report.state } };
  },
});
