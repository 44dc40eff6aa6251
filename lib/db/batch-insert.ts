import { binaryArray, type ElementType } from "./binary-array.ts";

/** A column of a batch: its name, its type in PostgreSQL, and where its value comes from. */
export type BatchColumn<Row> = {
  readonly name: string;
  /** Arrays travel as text and are cast row by row: unnest would flatten arrays of arrays. */
  readonly type: ElementType | ArrayType;
  readonly value: (row: Row) => unknown;
};

type ArrayType = "text[]" | "uuid[]" | "integer[]";

/**
 * Text and parameters of `INSERT … SELECT … FROM unnest(…)`. Names come from our own constants, values go as parameters. A
 * column that says the same in every row travels once: calls of one batch differ in little, and a row costs the server by
 * the values that are unnested. Of JSON and lists that rows share, each travels once, and a row says which it has: the
 * server reads it once. For the driver alone: its arrays are binary.
 */
export function batchInsert<Row>(
  table: string,
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const selected: string[] = [];
  const unnested: string[] = [];
  const aliases: string[] = [];
  for (const [i, column] of columns.entries()) {
    const isList = isArray(column.type);
    // Lists are told apart by what they say, JSON by being the same.
    const given = rows.map((row) => (isList ? asItem(column.type, column.value(row)) : column.value(row)));
    const shared = isShareable(column.type) ? sharedValues(given) : null;
    if (shared !== null && shared.values.length > 1) {
      const items = isList ? shared.values : shared.values.map((value) => asItem(column.type, value));
      const type = isArray(column.type) ? "text" : column.type;
      const kept = `($${values.push(binaryArray(type, items))}::${type}[])[c${i}]`;
      selected.push(isList ? `${kept}::${column.type}` : kept);
      aliases.push(`c${i}`);
      unnested.push(`$${values.push(binaryArray("integer", shared.places))}::integer[]`);
      continue;
    }
    const items = isList ? given : given.map((value) => asItem(column.type, value));
    const isLast = i === columns.length - 1;
    if (isSame(items) && (rows.length === 1 || unnested.length > 0 || !isLast)) {
      selected.push(`$${values.push(asText(items[0]))}::${column.type}`);
      continue;
    }
    const later = isArray(column.type);
    selected.push(later ? `c${i}::${column.type}` : `c${i}`);
    aliases.push(`c${i}`);
    const type = isArray(column.type) ? "text" : column.type;
    unnested.push(`$${values.push(binaryArray(type, items))}::${type}[]`);
  }
  const from =
    unnested.length === 0 ? "" : ` FROM unnest(${unnested.join(", ")}) AS batch (${aliases.join(", ")})`;
  const names = columns.map((column) => column.name).join(", ");
  return { text: `INSERT INTO ${table} (${names}) SELECT ${selected.join(", ")}${from}`, values };
}

/** Types whose values cost the server more than a number does. */
function isShareable(type: ElementType | ArrayType): boolean {
  return type === "jsonb" || isArray(type);
}

const sharedMax = 32;

/** The few values that the rows share, by identity, and which of them each row has, from 1; null: they are not few. */
function sharedValues(given: readonly unknown[]): { values: unknown[]; places: number[] } | null {
  const places: number[] = [];
  const known = new Map<unknown, number>();
  for (const value of given) {
    let place = known.get(value);
    if (place === undefined) {
      place = known.size + 1;
      if (place > sharedMax || place * 4 > given.length) return null;
      known.set(value, place);
    }
    places.push(place);
  }
  return { values: [...known.keys()], places };
}

function isArray(type: ElementType | ArrayType): type is ArrayType {
  return type.endsWith("[]");
}

function isSame(items: readonly unknown[]): boolean {
  const [first] = items;
  for (const item of items) if (item !== first) return false;
  return true;
}

/** As the driver takes a value that is no array. */
function asText(item: unknown): string | null {
  return item === null ? null : String(item);
}

function asItem(type: ElementType | ArrayType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === "jsonb") return JSON.stringify(value);
  return isArray(type) ? arrayLiteral(value as readonly (string | number)[]) : value;
}

function arrayLiteral(items: readonly (string | number)[]): string {
  return `{${items
    .map((item) => (typeof item === "number" ? String(item) : `"${item.replace(/["\\]/g, "\\$&")}"`))
    .join(",")}}`;
}
