import type { ImportSummary } from "../../contracts/imports.ts";
import type { ImportRow } from "../../db/import.ts";

/** An import as pages and the command show it. */
export function importSummary(
  row: ImportRow,
  more: { readonly tenant: string; readonly application: string; readonly partsWaiting: number },
): ImportSummary {
  const hosts = Object.entries(row.hosts as Record<string, number>);
  return {
    id: row.id,
    tenant: more.tenant,
    application: more.application,
    state: row.state as ImportSummary["state"],
    format: row.format as ImportSummary["format"],
    fileName: row.fileName,
    fileBytes: Number(row.fileBytes),
    bytesTaken: Number(row.bytesTaken),
    dryRun: row.dryRun,
    startedBy: row.startedBy,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    partsWaiting: more.partsWaiting,
    partsTaken: row.partsTaken,
    counts: {
      records: row.records,
      recorded: row.recorded,
      duplicate: row.duplicate,
      conflict: row.conflict,
      joined: row.joined,
      ignored: row.ignored,
      rejected: row.rejected,
    },
    errorsKept: row.errorsKept,
    hosts: hosts.map(([host, calls]) => ({ host, calls })).sort((a, b) => b.calls - a.calls),
    earliest: row.earliest?.toISOString() ?? null,
    latest: row.latest?.toISOString() ?? null,
  };
}
