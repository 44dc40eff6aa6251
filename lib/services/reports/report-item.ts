import type { PackSummary, ReportItem, ReportPart, ReportProblem } from "../../contracts/reports.ts";
import { packFiles } from "../../core/ledger/pack/pack-files.ts";
import type { ReportRow, StoredFile } from "../../db/report.ts";
import { isFiltered } from "./filter-of.ts";

/** A report as pages show it. */
export function reportItem(
  row: ReportRow,
  {
    slug,
    supersededBy,
    mayCancel,
  }: { readonly slug: string; readonly supersededBy: string | null; readonly mayCancel: boolean },
): ReportItem {
  const isOpen = row.state === "building" || row.state === "signing";
  return {
    id: row.id,
    tenant: slug,
    state: row.state,
    from: row.periodFrom.toISOString(),
    to: row.periodTo.toISOString(),
    filterWords: row.filterWords,
    filtered: isFiltered(row.filter),
    counted: Number(row.counted),
    requestedAt: row.requestedAt.toISOString(),
    requestedBy: row.requestedName,
    scheduled: row.scheduleId !== null,
    mayCancel,
    cancelWanted: row.cancelWantedAt !== null,
    progress:
      isOpen && row.entriesTotal !== null
        ? { entries: Number(row.entriesDone), of: Number(row.entriesTotal), bytes: Number(row.bytesDone) }
        : null,
    problem: row.problem as ReportProblem | null,
    pack: packSummary(row),
    supersedes: row.supersedes,
    supersededBy,
  };
}

function packSummary(row: ReportRow): PackSummary | null {
  const { state, name, bytes, sha256, calls, origin, rangeFrom, rangeTo, signedAt, final } = row;
  if (state !== "ready" || name === null || sha256 === null || origin === null || signedAt === null)
    return null;
  return {
    name,
    bytes: Number(bytes),
    sha256: Buffer.from(sha256).toString("hex"),
    calls: Number(calls),
    log: origin,
    first: Number(rangeFrom),
    end: Number(rangeTo),
    signedAt: signedAt.toISOString(),
    final: final ?? false,
    builtAt: (row.finishedAt ?? signedAt).toISOString(),
    expiresAt: (row.expiresAt ?? signedAt).toISOString(),
    dropped: row.droppedAt !== null,
    parts: partsOf(row.files ?? []),
  };
}

/** What can be taken of a pack besides all of it. */
export function filesOfPart(part: Exclude<ReportPart, "pack">, files: readonly StoredFile[]): StoredFile[] {
  const isIt: Record<Exclude<ReportPart, "pack">, (path: string) => boolean> = {
    report: (path) => path === packFiles.report,
    pdf: (path) => path === packFiles.pdf,
    population: (path) => path === "tables/population.csv",
    exceptions: (path) => path === "tables/exceptions.csv",
    findings: (path) => path === "tables/findings.csv",
    records: (path) => /^log\/entries-\d+\.ndjson$/.test(path),
  };
  return files.filter(({ path }) => isIt[part](path));
}

function partsOf(files: readonly StoredFile[]): ReportPart[] {
  const each = ["report", "pdf", "population", "exceptions", "findings", "records"] as const;
  return ["pack", ...each.filter((part) => filesOfPart(part, files).length > 0)];
}
