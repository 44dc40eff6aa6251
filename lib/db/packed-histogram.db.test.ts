import fs from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStoreWorld, type StoreWorld } from "../testing/store-world.ts";
import { binaryArray } from "./binary-array.ts";
import { filledBuckets, packedOne, packHistogram } from "./packed-histogram.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
});
afterAll(() => world.drop());

const sql = <Row>(text: string, values: readonly unknown[] = []) => world.sql<Row>("owner", {}, text, values);

const buckets = 61;
/** Of each kind that recording made: empty, one bucket of any place, everywhere, and as full as an integer goes. */
const histograms = [
  new Array<number>(buckets).fill(0),
  ...[0, 1, 30, 60].map((at) => Array.from({ length: buckets }, (_, i) => (i === at ? 7 : 0))),
  Array.from({ length: buckets }, (_, i) => ((i * 7919) % 11) * 1_000_003),
  new Array<number>(buckets).fill(2 ** 31 - 1),
];

it("is exactly what the migration makes of what was counted in arrays", async () => {
  const migration = fs.readFileSync(
    new URL("../../prisma/migrations/20261129100000_packed_histograms/migration.sql", import.meta.url),
    "utf8",
  );
  const rows = histograms.map((latency, n) => ({ n, latency, ttft: latency.toReversed() }));
  const literal = (items: readonly number[]) => `'{${items.join(",")}}'`;
  const tables = ["rollup_hour", "rollup_day"];
  // As before it, in a schema that hides what is there.
  await sql("CREATE SCHEMA arrays");
  await sql("SET search_path = arrays");
  await sql(
    `CREATE FUNCTION histogram_add(a integer[], b integer[]) RETURNS integer[] LANGUAGE sql AS 'SELECT a'`,
  );
  await sql("CREATE AGGREGATE histogram_sum(integer[]) (SFUNC = histogram_add, STYPE = integer[])");
  for (const table of tables) {
    await sql(`CREATE TABLE ${table} (n integer, latency integer[], ttft integer[])`);
    await sql(
      `INSERT INTO ${table} VALUES ${rows.map(({ n, latency, ttft }) => `(${n}, ${literal(latency)}, ${literal(ttft)})`).join(", ")}, (99, NULL, '{}')`,
    );
  }
  await sql(migration);
  for (const table of tables) {
    const packed = await sql<{ n: number; latency: string; ttft: string }>(
      `SELECT n, latency::text, ttft::text FROM ${table} ORDER BY n`,
    );
    expect(packed.pop()).toEqual({ n: 99, latency: "0", ttft: "0" });
    expect(packed).toEqual(
      rows.map(({ n, latency, ttft }) => ({
        n,
        latency: packHistogram(latency),
        ttft: packHistogram(ttft),
      })),
    );
  }
  await sql("DROP SCHEMA arrays CASCADE");
  await sql("RESET search_path");
});

it("is added by the database, what is taken out included, and keeps no digit more than it needs", async () => {
  const change = histograms.map((counts) => counts.map((count, i) => (i % 2 === 0 ? -count : count)));
  const numbers = [...histograms, ...change].map(packHistogram);
  const [row] = await sql<{ sum: string; scale: number }>(
    "SELECT sum(n)::text, scale(sum(n)) FROM unnest($1::numeric[]) AS n",
    [binaryArray("numeric", numbers)],
  );
  const expected = Array.from({ length: buckets }, (_, i) =>
    histograms.reduce((sum, counts) => sum + (i % 2 === 0 ? 0 : 2 * (counts[i] ?? 0)), 0),
  ).flatMap((count, bucket) => (count > 0 ? [{ bucket, count }] : []));
  expect(filledBuckets(row?.sum ?? "", buckets)).toEqual(expected);
  expect(row?.scale).toBe(0);
});

it("arrives in the database's own form as it left", async () => {
  const numbers = ["0", "-0", "-1", "9999", "10000", "-10001", "120000", ...histograms.map(packHistogram)];
  const rows = await sql<{ text: string }>("SELECT n::text AS text FROM unnest($1::numeric[]) AS n", [
    binaryArray("numeric", numbers),
  ]);
  expect(rows.map(({ text }) => text)).toEqual(numbers.map((number) => (number === "-0" ? "0" : number)));
});

it("counts one in a bucket", async () => {
  for (const at of [0, 1, 60]) {
    const [row] = await sql<{ one: string }>(`SELECT ${packedOne("$1::int")}::text AS one`, [at]);
    expect(row?.one).toBe(packHistogram(Array.from({ length: buckets }, (_, i) => (i === at ? 1 : 0))));
  }
});
