import type { CoverageExportSearch } from "../../contracts/exports.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { getCoverage } from "../usage/get-coverage.ts";
import { type ExportFile, linesOf, onePage } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const columns = [
  "tenant",
  "projectId",
  "projectName",
  "day",
  "kind",
  "state",
  "missing",
  "providerRequests",
  "batchRequests",
  "sent",
  "accepted",
  "reported",
  "edge",
  "ownEdge",
  "unnamed",
  "elsewhere",
  "open",
  "settledAt",
  "findingId",
] as const;

/** More than days, projects and kinds make. */
const rowsMax = 50_000;

/** The table beside OpenAI's figures as a file, also what the page leaves off. `settledAt` is empty of what is provisional. */
export async function exportCoverage(
  actor: Actor,
  search: CoverageExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const { rows, window } = await getCoverage(actor, search, now, { rowsMax });
  const span = { from: new Date(window.from), to: new Date(window.to) };
  const name = fileName("coverage", search, span);
  await noteExport(actor, tenants, {
    what: "coverage",
    object: name,
    filter: filterWords({}, [], span),
    rows: ({ slug }) => rows.filter(({ tenant }) => tenant === slug).length,
  });
  return {
    name,
    format: search.format,
    rows: rows.length,
    lines: linesOf(search.format, columns, onePage(rows)),
  };
}
