import { parse } from "csv-parse/sync";
import type { ImportErrorCode, ImportFormat } from "../../contracts/imports.ts";
import type { CsvMapping } from "../../core/intake/csv-mapping.ts";
import { fromCsv } from "../../core/intake/from-csv.ts";
import { fromLitellm } from "../../core/intake/from-litellm.ts";
import type { MappedReport } from "../../core/intake/mapped-report.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import type { RawRecord } from "../../core/intake/split-records.ts";
import { readRecord } from "../intake/read-record.ts";
import { rowId } from "../intake/row-id.ts";

export type CsvShape = { readonly headers: readonly string[]; readonly mapping: CsvMapping };

export type FileShape = {
  readonly tenantId: string;
  readonly format: ImportFormat;
  readonly csv: CsvShape | null;
};

/** Where a record stands: its number in the file, from 1, and the line it begins on, where others may begin, too. */
export type RecordPlace = { readonly record: number; readonly line: number };

export type RecordProblem = RecordPlace & {
  readonly clientId: string | null;
  readonly code: ImportErrorCode;
  readonly message: string;
};

/** What one record of a file says. */
export type ReadRecord =
  | {
      readonly kind: "call";
      readonly place: RecordPlace;
      readonly report: ReportedCall;
      /** Under which the same row would have been recorded before such ids were keyed. */
      readonly formerId?: string;
    }
  | { readonly kind: "ignored"; readonly place: RecordPlace }
  | { readonly kind: "rejected"; readonly problem: RecordProblem };

/**
 * Reads records of a file into reports, each for itself. trust: a file is anybody's. What it holds of prompts and answers
 * is read past and is in nothing that this returns. `before`: how many of the file stand before them.
 */
export function readRecords(records: readonly RawRecord[], shape: FileShape, before: number): ReadRecord[] {
  return records.map(({ line, text, why }, at) => {
    const place = { record: before + at + 1, line };
    const reject = (code: ImportErrorCode, message: string, clientId: string | null = null): ReadRecord => ({
      kind: "rejected",
      problem: { ...place, clientId, code, message },
    });
    if (text === null) return reject(why ? "line_unreadable" : "record_too_large", whyUnread(why, shape));
    if (shape.format === "csv") {
      const row = shape.csv && rowOf(text, shape.csv);
      if (!row) return reject("line_unreadable", columnsProblem(text, shape.csv));
      const { id, formerId } = rowId(shape.tenantId, line, text);
      const read = recordOf(place, fromCsv(row, shape.csv.mapping, id), reject);
      return read.kind === "call" && read.report.clientId === id ? { ...read, formerId } : read;
    }
    const value = jsonOf(text);
    if (value === undefined) return reject("line_unreadable", noJson);
    if (shape.format === "litellm") return recordOf(place, fromLitellm(value), reject);
    const read = readRecord(value);
    if ("report" in read) return { kind: "call", place, report: { ...read.report, format: "import" } };
    const { code, message, field } = read.error;
    return reject(code, field ? `${field}: ${message}` : message, read.clientId);
  });
}

const noJson = "The line is no JSON. A file holds one record a line, or one array of records.";

function whyUnread(why: RawRecord["why"], { format }: FileShape): string {
  if (why === "not_utf8") return `The record is not text in UTF-8. ${toUtf8}`;
  if (why === "open_quote")
    return "A quote in this record is never closed: the rest of the file stands in it and was not read.";
  return format === "csv"
    ? "The record is longer than is read. Is a quote in it left open?"
    : "The record is longer than is read.";
}

export const toUtf8 = "Save the file as UTF-8; unpack a compressed one first, and save a workbook as CSV.";

function columnsProblem(text: string, csv: CsvShape | null): string {
  const cells = csv && cellsOf(text, csv.mapping.delimiter);
  const lines = text.split("\n").length;
  const over = lines > 1 ? ` It runs over ${lines} lines: is a quote in it left open?` : "";
  return cells
    ? `The line has ${cells.length} cells, and the file's first has ${csv.headers.length}.${over}`
    : `The line's quotes cannot be read.${over}`;
}

function recordOf(
  place: RecordPlace,
  mapped: MappedReport,
  reject: (code: ImportErrorCode, message: string) => ReadRecord,
): ReadRecord {
  if (mapped.kind === "call") return { kind: "call", place, report: mapped.call };
  return mapped.kind === "none" ? { kind: "ignored", place } : reject("record_invalid", mapped.problem);
}

/** The cells of one record; null where it is not of the file's form. */
export function cellsOf(text: string, delimiter: CsvMapping["delimiter"]): string[] | null {
  try {
    // A quote within a cell that does not begin with one is a character like all, as where the file was cut.
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
    return rows.length === 1 ? (rows[0] as string[]) : null;
  } catch {
    return null;
  }
}

function rowOf(text: string, { headers, mapping }: CsvShape): Record<string, string> | null {
  const cells = cellsOf(text, mapping.delimiter);
  if (cells === null || cells.length !== headers.length) return null;
  const row: Record<string, string> = Object.create(null);
  // Of two columns of one name the first counts, as in the suggested mapping.
  for (const [at, header] of headers.entries()) row[header] ??= cells[at] ?? "";
  return row;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
