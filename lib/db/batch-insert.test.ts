import { describe, expect, it } from "vitest";
import { type BatchColumn, batchInsert, rowsInsert, tenantBatchInsert } from "./batch-insert.ts";

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

  it("ends in what stands behind it, which has the next parameter", () => {
    const rows = [1, 2].map((n): Row => ({ name: "same", n, tags: [] }));
    const [plain, behind] = ["", " WHERE $next"].map((end) => batchInsert("t", columns, rows, end).text);
    expect(behind).toBe(`${plain} WHERE $4`);
  });

  it("writes JSON that all rows share once", () => {
    let written = 0;
    const shared = { toJSON: () => `written ${++written} times` };
    const json: BatchColumn<Row> = { name: "json", type: "jsonb", value: () => shared };
    const rows = [1, 2, 3].map((n): Row => ({ name: "same", n, tags: [] }));
    const { values } = batchInsert("t", [json, ...columns], rows);
    expect(values).toContain('"written 1 times"');
    expect(written).toBe(1);
  });

  it("tells apart what it says of the same columns for other rows and other tables", () => {
    const one = [{ name: "one", n: 1, tags: [] }];
    const two = [...one, { name: "two", n: 1, tags: [] }];
    const textOf = (table: string, rows: readonly Row[]) => batchInsert(table, columns, rows).text;
    const asked = () => [textOf("t", one), textOf("t", two), textOf("u", one)];
    expect(new Set(asked()).size).toBe(3);
    expect(asked()).toEqual(asked());
  });

  it("makes as many rows of rows that are all the same", () => {
    const row = { name: "same", n: 1, tags: ['"', "\\"] };
    const { text } = batchInsert("t", columns, [row, row, row]);
    expect(text).toMatch(
      /SELECT \$1::text, \$2::bigint, c2::text\[\] FROM unnest\(\$3::text\[\]\) AS batch \(c2\)$/,
    );
  });
});

describe("tenantBatchInsert", () => {
  const head = { tenantId: "019aca00-0000-7000-8000-000000000001" };
  const ofTenant: readonly BatchColumn<Row>[] = [
    { name: "tenant_id", type: "uuid", value: () => head.tenantId },
    ...columns,
  ];
  const rows = [1, 2].map((n): Row => ({ name: "same", n, tags: [] }));

  it("selects beside the tenant's head, by whose node the rows are taken", () => {
    const { text, values } = tenantBatchInsert(head, "t", ofTenant, rows);
    expect(text).toBe(
      "INSERT INTO t (tenant_id, name, n, tags) SELECT head.tenant_id, $2::text, c1, $4::text[] " +
        "FROM recording_head AS head CROSS JOIN unnest($3::bigint[]) AS batch (c1) WHERE head.tenant_id = $1::uuid",
    );
    expect(values[0]).toBe("019aca00-0000-7000-8000-000000000001");
  });

  it("needs no head for one row", () => {
    const { text } = tenantBatchInsert(head, "t", ofTenant, rows.slice(1));
    expect(text).toBe(
      "INSERT INTO t (tenant_id, name, n, tags) VALUES ($1::uuid, $2::text, $3::bigint, $4::text[])",
    );
  });

  it("takes no batch that is of no tenant", () => {
    expect(() => tenantBatchInsert(head, "t", columns, rows)).toThrow("one tenant");
    expect(() => tenantBatchInsert(head, "t", ofTenant, [])).toThrow("one tenant");
    expect(() => tenantBatchInsert({ tenantId: "another" }, "t", ofTenant, rows)).toThrow("another tenant");
  });
});

describe("rowsInsert", () => {
  it("says each row for itself", () => {
    const { text, values } = rowsInsert("t", columns, [
      { name: "a", n: 1, tags: [] },
      { name: "b", n: 2, tags: ["x"] },
    ]);
    expect(text).toBe(
      "INSERT INTO t (name, n, tags) VALUES ($1::text, $2::bigint, $3::text[]), ($4::text, $5::bigint, $6::text[])",
    );
    expect(values).toEqual(["a", "1", "{}", "b", "2", '{"x"}']);
  });
});
