import { overviewSearch } from "../lib/contracts/overview.ts";
import { closeDatabases } from "../lib/db/connection.ts";
import { overviewRows } from "../lib/db/rollup-read.ts";
import { readTenantsSql } from "../lib/db/with-tenant.ts";
import { comparedSpans } from "../lib/services/window.ts";
import { type OwnDatabaseServer, startOwnDatabaseServer } from "../lib/testing/own-database-server.ts";
import { createStoreWorld } from "../lib/testing/store-world.ts";
import type { BenchResult } from "./bench-result.ts";
import { manyTenantQuestionsOf, settingQuestionsOf } from "./queries/more-questions.ts";
import { callQuestionsOf, type Question } from "./queries/questions.ts";
import { seedCalls } from "./queries/seed.ts";
import { rounded, type Timing, timeOnce, timeWarm } from "./queries/timing.ts";

const sizesDefault = [1_000_000, 10_000_000];
/** For a seed that is thrown away when the measurement ends. Reading is as the product's own server does it. */
const seedSettings = {
  fsync: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "8GB",
  autovacuum: "off",
};

type Measured = {
  readonly calls: number;
  readonly seedSeconds: number;
  readonly timings: readonly Timing[];
  readonly speedUp: number;
};

/**
 * Every query behind every page, warm, and the first time after the server was started, at each of the sizes
 * (`--sizes 1000000,10000000`); and the overview's figures from rollups beside the same from the calls themselves.
 */
export async function measure(args: readonly string[]): Promise<BenchResult> {
  const sizes = sizesOf(args);
  const all: Measured[] = [];
  for (const calls of sizes) all.push(await measureSize(calls));
  const [small, large] = [all[0], all.at(-1)];
  if (!small || !large) throw new Error("Nothing was measured.");
  const worst = (of: Measured) => Math.max(...of.timings.map(({ p95Ms }) => p95Ms));
  const growth = growthOf(small, large);
  if (small !== large)
    for (const { name, times } of growth.slice(0, 12))
      console.log(`  ${name.padEnd(44)} ${times} times as long`);
  return {
    ratios: {
      worst_p95_ms: worst(large),
      growth_of_the_worst: rounded(worst(large) / worst(small)),
      most_growth_of_one: growth[0]?.times ?? null,
      speedup_vs_group_by: large.speedUp,
    },
    figures: { sizes: all },
  };
}

/** How many times as long each question took at the larger size, by its median; of those that take 2 ms and more. */
function growthOf(small: Measured, large: Measured): { readonly name: string; readonly times: number }[] {
  const before = new Map(small.timings.map(({ name, p50Ms }) => [name, p50Ms]));
  return large.timings
    .filter(({ p50Ms }) => p50Ms >= 2)
    .map(({ name, p50Ms }) => ({ name, times: rounded(p50Ms / (before.get(name) ?? p50Ms)) }))
    .sort((a, b) => b.times - a.times);
}

function sizesOf(args: readonly string[]): number[] {
  const given = args[args.indexOf("--sizes") + 1];
  if (!args.includes("--sizes") || given === undefined) return sizesDefault;
  const sizes = given.split(",").map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 10_000))
    throw new Error("--sizes takes whole numbers from 10000, separated by commas.");
  return sizes;
}

async function measureSize(calls: number): Promise<Measured> {
  const server = await startOwnDatabaseServer({ durable: false, settings: seedSettings });
  const world = await createStoreWorld(server.database);
  try {
    const seeded = await seedCalls(server, world, calls);
    console.log(`${calls} calls of 13 months and 50 tenants: seeded in ${seeded.seconds} s`);
    const [largest] = seeded.tenants;
    if (!largest) throw new Error("No tenant.");
    const actor = await world.addPerson("reader", { [largest.slug]: "officer" });
    const ten = seeded.tenants.slice(0, 10).map(({ slug }) => [slug, "officer"] as const);
    const many = await world.addPerson("reader-of-many", Object.fromEntries(ten));
    const timings = await world.as("web", async () =>
      timeAll(
        [
          ...(await callQuestionsOf(actor)),
          ...settingQuestionsOf(actor, largest.slug),
          ...manyTenantQuestionsOf(many),
        ],
        server,
      ),
    );
    for (const { name, coldMs, p50Ms, p95Ms } of timings.toSorted((a, b) => b.p95Ms - a.p95Ms))
      console.log(`  ${name.padEnd(44)} p50 ${p50Ms} ms, p95 ${p95Ms} ms, first after a start ${coldMs} ms`);
    const speedUp = await world.as("web", () => speedUpOf(largest.id));
    console.log(`  overview of 30 days: rollups are ${speedUp} times as fast as a GROUP BY over the calls`);
    return { calls, seedSeconds: seeded.seconds, timings, speedUp };
  } finally {
    await world.drop();
  }
}

async function timeAll(questions: readonly Question[], server: OwnDatabaseServer): Promise<Timing[]> {
  await closeDatabases();
  await server.crash();
  await server.restart();
  const cold: number[] = [];
  for (const question of questions) cold.push(rounded(await timeOnce(question)));
  const timings: Timing[] = [];
  for (const [i, question] of questions.entries())
    timings.push({ name: question.name, coldMs: cold[i] ?? 0, ...(await timeWarm(question)) });
  return timings;
}

/** How many times as long the same rows take where they are counted from the calls. */
async function speedUpOf(tenantId: string): Promise<number> {
  const { span } = comparedSpans(overviewSearch.parse({ range: "30d" }), new Date());
  const timed = async (ask: Question["ask"]) => (await timeWarm({ name: "", ask })).p50Ms;
  const rollups = await timed(() =>
    readTenantsSql([tenantId], (sql) =>
      overviewRows(sql, {
        step: "day",
        tenantIds: [tenantId],
        span,
        applicationIds: null,
        wholeTo: span.to,
      }),
    ),
  );
  const grouped = await timed(() =>
    readTenantsSql([tenantId], (sql) =>
      sql.query(
        `SELECT date_trunc('day', started_at, 'UTC') AS at, region_dim, coalesce(band, 'none') AS band, verdict, count(*),
                sum(input_tokens), sum(output_tokens)
           FROM call WHERE tenant_id = $1 AND started_at >= $2 AND started_at < $3 GROUP BY 1, 2, 3, 4`,
        [tenantId, span.from, span.to],
      ),
    ),
  );
  return rounded(grouped / rollups);
}
