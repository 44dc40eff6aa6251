import type { FindingExportSearch } from "../../contracts/exports.ts";
import { findingIds, findingRowsByIds } from "../../db/finding-list.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { findingListItem } from "../findings/finding-list-item.ts";
import { Refusal } from "../refusal.ts";
import { type ExportFile, linesOf } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const rowsMax = 100_000;
const pageRows = 500;

const columns = [
  "id",
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
  const asked = <Value>(values: readonly Value[]) => (values.length === 0 ? null : values);
  const ids = await readTenantsSql(tenantIds, (sql) =>
    findingIds(sql, {
      tenantIds,
      state: asked(search.state),
      severity: asked(search.severity),
      cause: asked(search.cause),
      application: asked(search.application),
      data: asked(search.data),
      environment: asked(search.environment),
      owner: asked(search.owner),
      soon: search.soon,
      limit: rowsMax + 1,
    }),
  );
  if (ids.length > rowsMax)
    throw new Refusal("invalid_input", `A file holds ${rowsMax} findings at most. Narrow the list first.`);
  const name = fileName("findings", search, now);
  await noteExport(actor, tenants, {
    what: "findings",
    object: name,
    filter: filterWords(
      { ...search, soon: search.soon ? "to look at soon" : [] },
      ["state", "severity", "cause", "application", "data", "environment", "owner", "soon"],
      null,
    ),
    rows: () => ids.length,
  });
  const lines = linesOf(search.format, columns, pagesOf(ids, tenantIds, slugs));
  return { name, format: search.format, rows: ids.length, lines };
}

async function* pagesOf(
  ids: readonly string[],
  tenantIds: readonly string[],
  slugs: ReadonlyMap<string, string>,
) {
  for (let at = 0; at < ids.length; at += pageRows) {
    const asked = ids.slice(at, at + pageRows);
    const rows = await readTenantsSql(tenantIds, (sql) => findingRowsByIds(sql, tenantIds, asked));
    if (rows.length !== asked.length) throw new Error("A finding that was to be exported is gone.");
    yield rows.map((row) => {
      const { exception, ...item } = findingListItem(row, slugs);
      return { ...item, exception: exception?.name ?? null, exceptionUntil: exception?.until ?? null };
    });
  }
}
