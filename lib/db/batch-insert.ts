import { binaryArray, type ElementType } from "./binary-array.ts";
import type { VisibleHead } from "./recording-head.ts";

/** A column of a batch: its name, its type in PostgreSQL, and where its value comes from. */
export type BatchColumn<Row> = {
  readonly name: string;
  /** Arrays travel as text and are cast row by row: unnest would flatten arrays of arrays. */
  readonly type: ElementType | ArrayType;
  readonly value: (row: Row) => unknown;
};

type ArrayType = "text[]" | "uuid[]";

/**
 * Text and parameters of `INSERT … SELECT … FROM unnest(…)`. Names come from our own constants, values go as parameters. A
 * column that says the same in every row travels once: calls of one batch differ in little, and a row costs the server by
 * the values that are unnested. Of JSON and lists that rows share, each travels once, and a row says which it has: the
 * server reads it once. For the driver alone: its arrays are binary. `behind`: what the statement ends in, `$next` being the
 * parameter behind those of the rows.
 */
export function batchInsert<Row>(
  table: string,
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
  behind = "",
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const ways = takeValues(columns, 0, rows, values);
  const text = keptText(columns, `${table} ${ways}${behind}`, () => {
    const { selected, batch } = selection(columns, ways);
    const from = batch === null ? "" : ` FROM ${batch}`;
    const end = behind.replace("$next", `$${values.length + 1}`);
    return `INSERT INTO ${table} (${namesOf(columns)}) SELECT ${selected.join(", ")}${from}${end}`;
  });
  return { text, values };
}

/**
 * The same for rows of one tenant, whose id is the first column and whose head is visible. Where the tables are spread over
 * nodes, this statement goes to the tenant's node as it stands (decision 0018).
 */
export function tenantBatchInsert<Row>(
  head: VisibleHead,
  table: string,
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
): { text: string; values: unknown[] } {
  const [ofTenant] = columns;
  const [first] = rows;
  if (ofTenant?.name !== "tenant_id" || first === undefined) throw new Error("A batch is of one tenant.");
  if (ofTenant.value(first) !== head.tenantId) throw new Error("The head is another tenant's.");
  const values: unknown[] = [head.tenantId];
  const ways = takeValues(columns, 1, rows, values);
  const text = keptText(columns, `${table} ${ways} head`, () => {
    const { selected, batch } = selection(columns.slice(1), ways, 1);
    const into = `INSERT INTO ${table} (${namesOf(columns)})`;
    return batch === null
      ? `${into} VALUES ($1::uuid, ${selected.join(", ")})`
      : `${into} SELECT head.tenant_id, ${selected.join(", ")} FROM ${besideHead(head, batch)} WHERE head.tenant_id = $1::uuid`;
  });
  return { text, values };
}

/** The same row by row, of any tenants: the coordinator of a cluster hands each row to its node. At most 65,535 values. */
export function rowsInsert<Row>(
  table: string,
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const tuples = rows.map((row) => {
    const items = columns.map(
      ({ type, value }) => `$${values.push(asText(asItem(type, value(row))))}::${type}`,
    );
    return `(${items.join(", ")})`;
  });
  return { text: `INSERT INTO ${table} (${namesOf(columns)}) VALUES ${tuples.join(", ")}`, values };
}

/** What an insert of one tenant selects from: `head`, which is visible and whose `tenant_id` the statement says, and what it inserts. */
export function besideHead(_head: VisibleHead, batch: string): string {
  return `recording_head AS head CROSS JOIN ${batch}`;
}

function namesOf(columns: readonly { readonly name: string }[]): string {
  return columns.map(({ name }) => name).join(", ");
}

/**
 * Puts the parameters of the columns from `start` on behind `values`, and says how each of them travels: once (`o`), an item
 * for each row (`e`), or the few that rows share and which of them each has (`f`).
 */
function takeValues<Row>(
  columns: readonly BatchColumn<Row>[],
  start: number,
  rows: readonly Row[],
  values: unknown[],
): string {
  let ways = "";
  let isUnnested = false;
  for (let i = start; i < columns.length; i++) {
    const column = columns[i] as BatchColumn<Row>;
    const { type } = column;
    const isList = isArray(type);
    const sent = isList ? "text" : type;
    const given = givenBy(column, rows);
    const few = isShareable(type) ? sharedValues(given) : null;
    if (few !== null && few.values.length > 1) {
      values.push(binaryArray(sent, isList ? few.values : few.values.map((value) => asItem(type, value))));
      values.push(binaryArray("integer", few.places));
      ways += "f";
      isUnnested = true;
      continue;
    }
    const items = type === "jsonb" ? jsonOf(given) : given;
    const isLast = i === columns.length - 1;
    if (isSame(items) && (rows.length === 1 || isUnnested || !isLast)) {
      values.push(asText(items[0]));
      ways += "o";
      continue;
    }
    values.push(binaryArray(sent, items));
    ways += "e";
    isUnnested = true;
  }
  return ways;
}

/** Items as they travel, but JSON, which is told apart by being the same; lists are by what they say. */
function givenBy<Row>({ type, value }: BatchColumn<Row>, rows: readonly Row[]): unknown[] {
  const given: unknown[] = [];
  for (const row of rows) given.push(type === "jsonb" ? value(row) : asItem(type, value(row)));
  return given;
}

/** Once, where all rows hold the same. */
function jsonOf(given: readonly unknown[]): unknown[] {
  if (isSame(given)) return new Array(given.length).fill(asItem("jsonb", given[0]));
  return given.map((value) => asItem("jsonb", value));
}

/** Of one list of columns; more than any of ours has. */
const textsMax = 50;
const texts = new WeakMap<readonly unknown[], Map<string, string>>();

/** The same text for the same columns travelling the same ways: it is long, and whoever is given it looks it up by all of it. */
function keptText(columns: readonly unknown[], name: string, make: () => string): string {
  const ofColumns = texts.get(columns) ?? new Map<string, string>();
  const known = ofColumns.get(name);
  if (known !== undefined) return known;
  const text = make();
  if (ofColumns.size < textsMax) texts.set(columns, ofColumns.set(name, text));
  return text;
}

/** What is selected, and from which `unnest`; null: from none. `taken`: parameters that stand before. */
function selection<Row>(
  columns: readonly BatchColumn<Row>[],
  ways: string,
  taken = 0,
): { selected: string[]; batch: string | null } {
  const selected: string[] = [];
  const unnested: string[] = [];
  const aliases: string[] = [];
  let last = taken;
  for (const [i, { type }] of columns.entries()) {
    const isList = isArray(type);
    const sent = isList ? "text" : type;
    const parameter = `$${++last}`;
    if (ways[i] === "o") {
      selected.push(`${parameter}::${type}`);
      continue;
    }
    aliases.push(`c${i}`);
    const isFew = ways[i] === "f";
    const item = isFew ? `(${parameter}::${sent}[])[c${i}]` : `c${i}`;
    selected.push(isList ? `${item}::${type}` : item);
    unnested.push(isFew ? `$${++last}::integer[]` : `${parameter}::${sent}[]`);
  }
  const batch =
    unnested.length === 0 ? null : `unnest(${unnested.join(", ")}) AS batch (${aliases.join(", ")})`;
  return { selected, batch };
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
  return isArray(type) ? arrayLiteral(value as readonly string[]) : value;
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
