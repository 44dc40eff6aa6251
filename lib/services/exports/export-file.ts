import type { ExportFormat } from "../../contracts/exports.ts";
import { type CsvValue, csvLine } from "../../core/exports/csv-line.ts";
import { inSlices } from "../costly/in-slices.ts";

/** A file that is made while it is read. */
export type ExportFile = {
  readonly name: string;
  readonly format: ExportFormat;
  /** How many records it has, the line of column names not counted; null where that is not known before the last. */
  readonly rows: number | null;
  readonly lines: AsyncIterable<string>;
};

/**
 * What a record has in a column. NDJSON has a list and an object as they are; in CSV a list is its words with spaces between
 * them, an object its JSON.
 */
export type ExportValue = CsvValue | readonly string[] | Readonly<Record<string, unknown>>;

/** Pages of records as text: CSV begins with the columns' names, NDJSON has one object a line. */
export async function* linesOf<Column extends string>(
  format: ExportFormat,
  columns: readonly Column[],
  pages: AsyncIterable<readonly Readonly<Record<Column, ExportValue>>[]>,
): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(columns);
  for await (const page of pages) {
    let text = "";
    for await (const row of inSlices(page))
      text +=
        format === "csv"
          ? csvLine(columns.map((column) => csvValue(row[column])))
          : `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column]])))}\n`;
    yield text;
  }
}

/** Rows that are all there at once, as the one page of a file. */
export async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

function csvValue(value: ExportValue): CsvValue {
  if (typeof value !== "object" || value === null) return value;
  return Array.isArray(value) ? value.join(" ") : JSON.stringify(value);
}
