import { dayMs } from "../../core/calendar.ts";
import {
  deleteImportErrors,
  deleteProviderUsage,
  deleteReportLinks,
  deleteSessions,
} from "../../db/passed.ts";
import { isOnHold } from "../../db/retention.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";

/** How long after its end each is kept. What they led to is in the trail, which stays. */
const keptDays = { importErrors: 90, providerUsage: 400, reportLinks: 1, sessions: 30 } as const;

export type Passed = {
  readonly importErrors: number;
  readonly providerUsage: number;
  readonly reportLinks: number;
  readonly sessions: number;
};

/**
 * Deletes what served its turn and is no record: the error lines of imports, which name ids of the application, links of
 * downloads, the provider's figures by the hour, whose comparison stays, and sessions. Of a tenant under a legal hold nothing goes. Safe to repeat.
 */
export async function deletePassed(now: Date): Promise<Passed> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  let [importErrors, providerUsage, reportLinks] = [0, 0, 0];
  const sessions = await deleteSessions(before(keptDays.sessions));
  await forEachTenant(await allTenantIds(), (tenantId) =>
    withTenantSql(tenantScope(tenantId), async (sql) => {
      if (await isOnHold(sql, tenantId)) return;
      importErrors += await deleteImportErrors(sql, tenantId, before(keptDays.importErrors));
      providerUsage += await deleteProviderUsage(sql, tenantId, before(keptDays.providerUsage));
      reportLinks += await deleteReportLinks(sql, tenantId, before(keptDays.reportLinks));
    }),
  );
  return { importErrors, providerUsage, reportLinks, sessions };
}
