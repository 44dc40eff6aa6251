import { callFacets } from "../../contracts/calls.ts";
import type { CallExportSearch } from "../../contracts/exports.ts";
import { dayMs } from "../../core/calendar.ts";
import { acceptedWindow } from "../../core/intake/check-report.ts";
import { applicationsById } from "../../db/application.ts";
import {
  type CallExportRow,
  callsToExport,
  countToExport,
  type ExportQuestion,
} from "../../db/call-export.ts";
import { type CallPosition, recordingHeads } from "../../db/call-list.ts";
import { acceptedBy } from "../../db/finding-list.ts";
import { newestRestatementOf } from "../../db/restatement.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { filterOf } from "../calls/call-facets.ts";
import type { CallNames } from "../calls/call-list-item.ts";
import { headsUpTo } from "../calls/cursors.ts";
import { Refusal } from "../refusal.ts";
import { spanOf } from "../window.ts";
import { type ExportFile, linesOf } from "./export-file.ts";
import { type CallsSince, callColumns, exportedCall } from "./exported-call.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

/** A list's 31 days, and a day that calls may have flowed into it since. */
const spanMaxMs = 32 * dayMs;
// More of them at once would hold the process that answers pages.
const pageRows = 500;

/**
 * The calls of the actor's tenants that match, as a file: all of one moment, now or `upTo`, newest first, in constant memory. That they
 * are taken along is in the log of each tenant before the first byte leaves. A file that ends early throws. Refuses a span that
 * no list shows: a file must not hold less than was asked for.
 */
export async function exportCalls(
  actor: Actor,
  search: CallExportSearch,
  now: Date = new Date(),
): Promise<ExportFile & { readonly rows: number }> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const listedTo = search.listedTo === undefined ? null : new Date(search.listedTo);
  // A tail shows what was recorded, and a clock elsewhere may be ahead of ours.
  const latest = listedTo === null ? now : new Date(now.getTime() + acceptedWindow.aheadMs);
  const span = spanOf(search, latest);
  if (span.to.getTime() - span.from.getTime() > spanMaxMs) throw tooLong();
  const { question, names, counted } = await readTenantsSql(tenantIds, async (sql) => {
    const applications = await applicationsById(sql, tenantIds);
    const heads = headsUpTo(await recordingHeads(sql, tenantIds), search.upTo);
    const listed = new Map(
      headsUpTo(heads, search.listedUpTo).map(({ tenantId, seq }) => [tenantId, seq] as const),
    );
    const of: ExportQuestion = {
      heads: heads.map((head) => ({ ...head, listed: listed.get(head.tenantId) ?? head.seq })),
      listedTo: listedTo ?? span.to,
      span,
      filter: filterOf(search, applications),
    };
    const perTenant = new Map<string, number>();
    for (const head of of.heads)
      perTenant.set(head.tenantId, await countToExport(sql, { ...of, heads: [head] }));
    return { question: of, names: { slugs, applications }, counted: perTenant };
  });
  const name = fileName("calls", search, span);
  await noteExport(actor, tenants, {
    what: "calls",
    object: name,
    filter: filterWords(search, callFacets, span),
    rows: ({ tenantId }) => counted.get(tenantId) ?? 0,
  });
  const rows = [...counted.values()].reduce((sum, calls) => sum + calls, 0);
  return {
    name,
    format: search.format,
    rows,
    lines: linesOf(search.format, callColumns, pagesOf(question, names, rows)),
  };
}

/** One short transaction per page: a reader who is slow holds nothing in the database. */
async function* pagesOf(question: ExportQuestion, names: CallNames, counted: number) {
  const tenantIds = question.heads.map(({ tenantId }) => tenantId);
  let below: CallPosition | null = null;
  let given = 0;
  for (;;) {
    const at: CallPosition | null = below;
    const { rows, since } = await readTenantsSql(tenantIds, async (sql) => {
      const page: CallExportRow[] = await callsToExport(sql, question, at, pageRows);
      return { rows: page, since: await sinceOf(sql, tenantIds, page) };
    });
    const last = rows.at(-1);
    if (last) yield rows.map((row) => exportedCall(row, names, since));
    given += rows.length;
    if (!last || rows.length < pageRows) break;
    below = { startedAt: last.startedAt, id: last.id };
  }
  // Retention may have deleted some meanwhile; whoever reads must see that the file is not whole.
  if (given !== counted) throw new Error(`An export of ${counted} calls ended after ${given}.`);
}

/** Few calls were restated, and few cases are accepted: both are read beside the page's rows. */
async function sinceOf(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  rows: readonly CallExportRow[],
): Promise<CallsSince> {
  const [newest, oldest] = [rows[0], rows.at(-1)];
  if (!newest || !oldest) return { restated: new Map(), exceptions: new Map() };
  const span = { from: oldest.startedAt, to: newest.startedAt };
  const ids = rows.map(({ id }) => id);
  const restated = await newestRestatementOf(sql, tenantIds, span, ids);
  const findingIds = [...new Set(rows.flatMap((row) => row.findingIds))];
  const accepted = findingIds.length === 0 ? [] : await acceptedBy(sql, tenantIds, findingIds);
  return {
    restated: new Map(restated.map((to) => [to.callId, to])),
    exceptions: new Map(accepted.map(({ id, no }) => [id, no])),
  };
}

function tooLong(): Refusal {
  const message = "A file of calls holds at most 31 days. Ask for a longer time in parts, by from and to.";
  const why = "Choose a later moment, at most 31 days before the end.";
  return new Refusal("invalid_input", message, { fields: [{ field: "from", message: why }] });
}
