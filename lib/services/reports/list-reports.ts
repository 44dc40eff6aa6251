import { type ReportList, type ReportsSearch, reportsShown } from "../../contracts/reports.ts";
import { mayInTenant } from "../../core/access/role.ts";
import { listReportRows } from "../../db/report.ts";
import { standingSchedules } from "../../db/report-schedule.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { mayEnd } from "./demand-own.ts";
import { reportItem } from "./report-item.ts";

/** The reports of the actor's tenants, newest first, and the schedules that run. */
export async function listReports(
  actor: Actor,
  search: ReportsSearch,
  now: Date = new Date(),
): Promise<ReportList> {
  const tenants = await tenantsFor(actor, "report:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const mayEndIn = (tenantId: string, askedBy: string | null): boolean => {
    const tenant = tenants.find((each) => each.tenantId === tenantId);
    return tenant !== undefined && mayInTenant(tenant.role, "report:build") && mayEnd(actor, tenant, askedBy);
  };
  return readTenantsSql(tenantIds, async (sql) => {
    const rows = await listReportRows(sql, tenantIds, reportsShown);
    const replacedBy = new Map(
      rows.flatMap(({ id, supersedes }) => (supersedes === null ? [] : [[supersedes, id]])),
    );
    return {
      asOf: now.toISOString(),
      items: rows.map((row) =>
        reportItem(row, {
          slug: slugs.get(row.tenantId) ?? "",
          supersededBy: replacedBy.get(row.id) ?? null,
          mayCancel: mayEndIn(row.tenantId, row.requestedBy),
        }),
      ),
      schedules: (await standingSchedules(sql, tenantIds)).map((row) => ({
        id: row.id,
        tenant: slugs.get(row.tenantId) ?? "",
        every: row.every,
        filterWords: row.filterWords,
        createdAt: row.createdAt.toISOString(),
        createdBy: row.createdName,
        mayEnd: mayEndIn(row.tenantId, row.createdBy),
        nextAt: row.nextAt.toISOString(),
      })),
    };
  });
}
