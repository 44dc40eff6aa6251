/** A column of a batch: its name, its type in PostgreSQL, and where its value comes from. */
export type BatchColumn<Row> = {
  readonly name: string;
  /** `text[]` and `jsonb` travel as text and are cast row by row: unnest would flatten arrays of arrays. */
  readonly type:
    | "uuid"
    | "text"
    | "integer"
    | "bigint"
    | "boolean"
    | "timestamptz"
    | "date"
    | "jsonb"
    | "text[]"
    | "uuid[]"
    | "integer[]";
  readonly value: (row: Row) => unknown;
};

/** Text and parameters of `INSERT … SELECT unnest(…)`. Names come from our own constants, values go as parameters. */
export function batchInsert<Row>(
  table: string,
  columns: readonly BatchColumn<Row>[],
  rows: readonly Row[],
): { text: string; values: unknown[] } {
  const names = columns.map((column) => column.name).join(", ");
  const selected = columns
    .map((column, i) => (castLater(column) ? `c${i}::${column.type}` : `c${i}`))
    .join(", ");
  const parameters = columns
    .map((column, i) => `$${i + 1}::${castLater(column) ? "text" : column.type}[]`)
    .join(", ");
  const aliases = columns.map((_, i) => `c${i}`).join(", ");
  return {
    text: `INSERT INTO ${table} (${names}) SELECT ${selected} FROM unnest(${parameters}) AS batch (${aliases})`,
    values: columns.map((column) => rows.map((row) => asParameter(column, column.value(row)))),
  };
}

function castLater(column: { type: string }): boolean {
  return column.type === "jsonb" || column.type.endsWith("[]");
}

function asParameter(column: { type: string }, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (column.type === "jsonb") return JSON.stringify(value);
  if (column.type.endsWith("[]")) return arrayLiteral(value as readonly (string | number)[]);
  return value;
}

function arrayLiteral(items: readonly (string | number)[]): string {
  return `{${items
    .map((item) => (typeof item === "number" ? String(item) : `"${item.replace(/["\\]/g, "\\$&")}"`))
    .join(",")}}`;
}
