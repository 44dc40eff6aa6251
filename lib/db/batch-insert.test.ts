import { describe, expect, it } from "vitest";
import { type BatchColumn, batchInsert } from "./batch-insert.ts";

type Row = { readonly name: string; readonly n: number; readonly tags: readonly string[] };

const columns: readonly BatchColumn<Row>[] = [
  { name: "name", type: "text", value: (row) => row.name },
  { name: "n", type: "bigint", value: (row) => row.n },
  { name: "tags", type: "text[]", value: (row) => row.tags },
];

describe("batchInsert", () => {
  it("sends once what every row says, and unnests what differs", () => {
    const { text, values } = batchInsert("t", columns, [
      { name: "same", n: 1, tags: ["a"] },
      { name: "same", n: 2, tags: ["a"] },
    ]);
    expect(text).toBe(
      "INSERT INTO t (name, n, tags) SELECT $1::text, c1, $3::text[] FROM unnest($2::bigint[]) AS batch (c1)",
    );
    expect(values).toEqual(["same", expect.any(Buffer), '{"a"}']);
  });

  it("needs no unnest for one row", () => {
    const { text, values } = batchInsert("t", columns, [{ name: "one", n: 1, tags: [] }]);
    expect(text).toBe("INSERT INTO t (name, n, tags) SELECT $1::text, $2::bigint, $3::text[]");
    expect(values).toEqual(["one", "1", "{}"]);
  });

  it("makes as many rows of rows that are all the same", () => {
    const row = { name: "same", n: 1, tags: ['"', "\\"] };
    const { text } = batchInsert("t", columns, [row, row, row]);
    expect(text).toMatch(
      /SELECT \$1::text, \$2::bigint, c2::text\[\] FROM unnest\(\$3::text\[\]\) AS batch \(c2\)$/,
    );
  });
});
