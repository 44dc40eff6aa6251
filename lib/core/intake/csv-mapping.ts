import { type CsvField, csvFieldNames, csvFields } from "./csv-fields.ts";
import type { HostSource } from "./reported-call.ts";

/** Which column of a file is what. */
export type CsvMapping = {
  /** Name of the column as the file's first line has it. A field without one is not told. */
  readonly columns: Readonly<Partial<Record<CsvField, string>>>;
  /** How whoever wrote the file knows the host; for the whole file. */
  readonly hostSource: HostSource;
  /** What stands between two cells. */
  readonly delimiter: CsvDelimiter;
};

export type CsvDelimiter = "," | ";" | "\t";

/** Of the three that spreadsheets write, the one that the first line has most of outside quotes. */
export function delimiterOf(firstLine: string): CsvDelimiter {
  const bare = firstLine.replace(/"[^"]*"/g, "");
  const delimiters: readonly CsvDelimiter[] = [",", ";", "\t"];
  const counted = delimiters.map((each) => ({ each, count: bare.split(each).length }));
  return counted.reduce((most, next) => (next.count > most.count ? next : most)).each;
}

/**
 * A mapping to begin with, by the names of the columns alone. Each column is used once; what is told apart only by guessing
 * stays open. Columns that hold content have no field they could go to.
 */
export function suggestMapping(headers: readonly string[], delimiter: CsvDelimiter): CsvMapping {
  const bySimple = new Map<string, string>();
  for (const header of headers) if (!bySimple.has(simple(header))) bySimple.set(simple(header), header);
  const taken = new Set<string>();
  const columns: Partial<Record<CsvField, string>> = {};
  for (const name of csvFieldNames) {
    const found = [name, ...csvFields[name].names]
      .map((each) => bySimple.get(simple(each)))
      .find((header) => header !== undefined && !taken.has(header));
    if (found === undefined) continue;
    columns[name] = found;
    taken.add(found);
  }
  return { columns, hostSource: "log", delimiter };
}

/** What is wrong with a mapping for a file of these columns; empty where a file can be read by it. */
export function mappingProblems(mapping: CsvMapping, headers: readonly string[]): string[] {
  const problems: string[] = [];
  if (mapping.columns.startedAt === undefined) problems.push("No column says when a call began.");
  for (const [name, header] of Object.entries(mapping.columns)) {
    if (!headers.includes(header)) {
      const { label } = csvFields[name as CsvField];
      problems.push(`The file has no column for “${label}” under the name that the mapping gives.`);
    }
  }
  return problems;
}

function simple(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
