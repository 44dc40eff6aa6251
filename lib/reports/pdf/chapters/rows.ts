import {
  type ComputedReport,
  isCovered,
  type Listed,
  type Section,
} from "../../../core/reports/computed-report.ts";
import type { Block, TableBlock } from "../block.ts";
import { countText } from "../words.ts";

/** So many rows of a list are printed; `report.json` and the entries have all. */
const printedMax = 60;

/** A table of a list that may be cut, here or in `report.json`. */
export function listTable<Row>(
  table: Omit<TableBlock, "kind" | "rows" | "note"> & { readonly note?: string },
  { count, rows }: Listed<Row>,
  cells: (row: Row) => readonly string[],
): TableBlock {
  const printed = rows.slice(0, printedMax);
  const rest =
    count > printed.length
      ? `The first ${countText(printed.length)} of ${countText(count)} are printed; ${
          count > rows.length ? "the entries of the pack have all" : "report.json has all"
        }.`
      : null;
  const note = [table.note, rest].filter((part) => part !== undefined && part !== null).join(" ");
  return { kind: "table", ...table, rows: printed.map(cells), ...(note === "" ? {} : { note }) };
}

export const whole = <Row>(rows: readonly Row[]): Listed<Row> => ({ count: rows.length, rows });

/** The blocks of a section, or the sentence that says why it is empty. */
export function covered<T>(section: Section<T>, blocks: (covered: T) => readonly Block[]): readonly Block[] {
  if (isCovered(section)) return blocks(section);
  return [{ kind: "notice", tone: "plain", title: "Not covered", text: section.not_covered }];
}

export const orNone = (text: string | null | undefined): string => (text ? text : "not stated");

/** A sentence about all calls; where entries are not here, it is about the others, and says so. */
export function ofWhatIsHere({ population }: ComputedReport, sentence: string): string {
  const absent = Object.values(population.absent).reduce((sum, n) => sum + n, 0);
  if (absent === 0) return sentence;
  return `${sentence} That is said of the entries that are here; ${countText(absent)} are not, and may say otherwise.`;
}
