import {
  headerLimits,
  type ImportPreview,
  type PreviewedRecord,
  type PreviewImportInput,
} from "../../contracts/imports.ts";
import { delimiterOf, mappingProblems, suggestMapping } from "../../core/intake/csv-mapping.ts";
import { type RawRecord, recordBytesMax } from "../../core/intake/split-records.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type CsvShape, cellsOf, type ReadRecord, readRecords, toUtf8 } from "./read-records.ts";

/** What the first records of a file say under a mapping: the one given, or one that its columns suggest. Keeps nothing. */
export async function previewImport(actor: Actor, input: PreviewImportInput): Promise<ImportPreview> {
  const { tenantId } = await tenantFor(actor, "call:import", input.tenant);
  if (input.format !== "csv") {
    const read = readRecords(input.records, { tenantId, format: input.format, csv: null }, 0);
    return { headers: [], mapping: null, problems: [], records: read.map(previewed) };
  }
  const [head, ...rows] = input.records;
  const delimiter = input.mapping?.delimiter ?? delimiterOf(head?.text ?? "");
  const headers = (head?.text && !isNoText(head) && cellsOf(head.text, delimiter)) || [];
  const mapping = input.mapping ?? suggestMapping(headers, delimiter);
  const unread = headProblem(head, headers);
  const problems = unread === null ? mappingProblems(mapping, headers) : [unread];
  const csv: CsvShape = { headers, mapping };
  const read = problems.length > 0 ? [] : readRecords(rows, { tenantId, format: "csv", csv }, 0);
  return { headers, mapping, problems, records: read.map(previewed) };
}

/** Why the first line says no columns that a file can be read by; null: it does. */
function headProblem(head: RawRecord | undefined, headers: readonly string[]): string | null {
  if (head === undefined) return "The file is empty: it has no line that names its columns.";
  if (isNoText(head)) return `The file's first line is not text in UTF-8. ${toUtf8}`;
  if (head.text === null && head.why === undefined)
    return `The file's first line is longer than ${recordBytesMax / 1_048_576} MiB, so its columns cannot be told.`;
  if (headers.length === 0)
    return "The file's first line names no columns that can be read. Is a quote in it left open?";
  if (headers.length > headerLimits.columnsMax)
    return `The file has ${headers.length} columns; at most ${headerLimits.columnsMax} are read.`;
  const long = headers.findIndex((name) => name.length > headerLimits.nameMax);
  return long < 0
    ? null
    : `The name of column ${long + 1} is longer than ${headerLimits.nameMax} characters: ${headers[long]?.slice(0, 40)}…`;
}

/** Of a file in UTF-16, every second byte is zero. */
function isNoText({ text, why }: RawRecord): boolean {
  return why === "not_utf8" || text?.includes("\0") === true;
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
