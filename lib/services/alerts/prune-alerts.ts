import { dayMs } from "../../core/calendar.ts";
import { deleteEndedSecrets } from "../../db/alert-destination.ts";
import { deleteAlertsBefore } from "../../db/alert-event.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";

/** Longer than anything that is told by how it stands: that would be new again once it is forgotten. */
const keptDays = 90;
const stepRows = 2_000;

/** Deletes what was noticed 90 days ago with what was sent of it, and secrets that are over. Answers how many alerts went. */
export async function pruneAlerts(now: Date): Promise<number> {
  let gone = 0;
  const before = new Date(now.getTime() - keptDays * dayMs);
  await forEachTenant(await allTenantIds(), async (tenantId) => {
    await withTenantSql(tenantScope(tenantId), (sql) => deleteEndedSecrets(sql, tenantId, now));
    for (;;) {
      const step = await withTenantSql(tenantScope(tenantId), (sql) =>
        deleteAlertsBefore(sql, tenantId, before, stepRows),
      );
      gone += step;
      if (step < stepRows) return;
    }
  });
  return gone;
}
