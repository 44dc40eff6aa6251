import type { FindingExportSearch } from "../../contracts/exports.ts";
import { findingIds, findingRowsByIds } from "../../db/finding-list.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { findingFilter } from "../findings/finding-filter.ts";
import { findingListItem } from "../findings/finding-list-item.ts";
import { Refusal } from "../refusal.ts";
import { type ExportFile, linesOf } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const rowsMax = 100_000;
const pageRows = 500;

const columns = [
  "id",
  "name",
  "tenant",
  "severity",
  "state",
  "cause",
  "title",
  "host",
  "model",
  "application",
  "environment",
  "dataCategory",
  "owner",
  "assignee",
  "dueAt",
  "exception",
  "exceptionUntil",
  "resolution",
  "rootCause",
  "explanation",
  "correctiveAction",
  "actionOwner",
  "actionDueAt",
  "cleanSince",
  "cleanDays",
  "checkDueAt",
  "checkedAt",
  "checkedBy",
  "basis",
  "calls",
  "firstSeenAt",
  "lastSeenAt",
  "simulated",
] as const;

/**
 * The findings that match, as a file, in the order of the list. Which ones is decided in one moment, so that one that moves
 * meanwhile is neither left out nor told twice; each line is as the finding stands when it is written.
 */
export async function exportFindings(
  actor: Actor,
  search: FindingExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const tenants = await tenantsFor(actor, "finding:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const ids = await readTenantsSql(tenantIds, (sql) =>
    findingIds(sql, { ...findingFilter(tenantIds, search), limit: rowsMax + 1 }),
  );
  if (ids.length > rowsMax)
    throw new Refusal("invalid_input", `A file holds ${rowsMax} findings at most. Narrow the list first.`);
  const name = fileName("findings", search, now);
  await noteExport(actor, tenants, {
    what: "findings",
    object: name,
    filter: filterWords(
      { ...search, only: search.only ?? [] },
      ["state", "severity", "cause", "application", "data", "environment", "owner", "only"],
      null,
    ),
    rows: () => ids.length,
  });
  const lines = linesOf(search.format, columns, pagesOf(ids, tenantIds, slugs, now));
  return { name, format: search.format, rows: ids.length, lines };
}

async function* pagesOf(
  ids: readonly string[],
  tenantIds: readonly string[],
  slugs: ReadonlyMap<string, string>,
  now: Date,
) {
  for (let at = 0; at < ids.length; at += pageRows) {
    const asked = ids.slice(at, at + pageRows);
    const rows = await readTenantsSql(tenantIds, (sql) => findingRowsByIds(sql, tenantIds, asked));
    if (rows.length !== asked.length) throw new Error("A finding that was to be exported is gone.");
    yield rows.map((row) => {
      const { exception, clean, check, ...item } = findingListItem(row, slugs, now);
      const { analysis } = row;
      return {
        ...item,
        exception: exception?.name ?? null,
        exceptionUntil: exception?.until ?? null,
        resolution: row.resolution,
        rootCause: analysis?.rootCause ?? null,
        explanation: analysis?.explanation ?? null,
        correctiveAction: analysis?.action ?? null,
        actionOwner: analysis?.actionOwner ?? null,
        actionDueAt: analysis && new Date(analysis.actionDueAt).toISOString(),
        cleanSince: clean?.since ?? null,
        cleanDays: clean?.days ?? null,
        checkDueAt: check?.dueAt ?? null,
        checkedAt: check?.checked?.at ?? null,
        checkedBy: check?.checked?.by ?? null,
      };
    });
  }
}
