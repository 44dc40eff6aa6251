import type { ImportPreview, PreviewedRecord, PreviewImportInput } from "../../contracts/imports.ts";
import { delimiterOf, mappingProblems, suggestMapping } from "../../core/intake/csv-mapping.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type CsvShape, cellsOf, type ReadRecord, readRecords } from "./read-records.ts";

/** What the first records of a file say under a mapping: the one given, or one that its columns suggest. Keeps nothing. */
export async function previewImport(actor: Actor, input: PreviewImportInput): Promise<ImportPreview> {
  await tenantFor(actor, "call:import", input.tenant);
  if (input.format !== "csv") {
    const read = readRecords(input.records, { format: input.format, csv: null }, 0);
    return { headers: [], mapping: null, problems: [], records: read.map(previewed) };
  }
  const [head, ...rows] = input.records;
  const delimiter = input.mapping?.delimiter ?? delimiterOf(head?.text ?? "");
  const headers = cellsOf(head?.text ?? "", delimiter) ?? [];
  const mapping = input.mapping ?? suggestMapping(headers, delimiter);
  const problems =
    headers.length === 0 ? ["The file's first line names no columns."] : mappingProblems(mapping, headers);
  const csv: CsvShape = { headers, mapping };
  const read = problems.length > 0 ? [] : readRecords(rows, { format: "csv", csv }, 0);
  return { headers, mapping, problems, records: read.map(previewed) };
}

const nothing = {
  message: null,
  startedAt: null,
  host: null,
  operation: null,
  model: null,
  status: null,
  inputTokens: null,
  outputTokens: null,
};

function previewed(read: ReadRecord): PreviewedRecord {
  if (read.kind === "ignored") return { ...nothing, ...read.place, outcome: "ignored" };
  if (read.kind === "rejected") {
    const { record, line, message } = read.problem;
    return { ...nothing, record, line, outcome: "rejected", message };
  }
  const { report, place } = read;
  return {
    ...place,
    outcome: "call",
    message: null,
    startedAt: report.startedAt,
    host: report.host,
    operation: report.path ?? report.operation,
    model: report.modelRequested,
    status: report.status,
    inputTokens: report.usage.inputTokens,
    outputTokens: report.usage.outputTokens,
  };
}
