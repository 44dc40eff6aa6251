import type { ApplicationExportSearch } from "../../contracts/exports.ts";
import { listApplications } from "../../db/application.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { applicationSummary } from "../applications/application-summary.ts";
import { type ExportFile, linesOf, onePage } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const columns = [
  "id",
  "tenant",
  "name",
  "environment",
  "purpose",
  "dataCategory",
  "owner",
  "createdAt",
] as const;

/** A tenant's applications as a file, with what is declared of each now. */
export async function exportApplications(
  actor: Actor,
  search: ApplicationExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const tenant = await tenantFor(actor, "tenant:read", search.tenant);
  const listed = await withTenant({ read: [tenant.tenantId], write: null }, (tx) =>
    listApplications(tx, tenant.tenantId),
  );
  const rows = listed.map((row) => ({ ...applicationSummary(row), tenant: tenant.slug }));
  const name = fileName("applications", { ...search, tenant: tenant.slug }, now);
  await noteExport(actor, [tenant], {
    what: "applications",
    object: name,
    filter: filterWords({}, [], null),
    rows: () => rows.length,
  });
  return {
    name,
    format: search.format,
    rows: rows.length,
    lines: linesOf(search.format, columns, onePage(rows)),
  };
}
