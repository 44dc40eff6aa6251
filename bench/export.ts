import { createHash } from "node:crypto";
import os from "node:os";
import { parseArgs } from "node:util";
import pg from "pg";
import { callExportSearch } from "../lib/contracts/exports.ts";
import { exportCalls } from "../lib/services/exports/export-calls.ts";
import type { PersonActor } from "../lib/services/sessions/find-session.ts";
import { startOwnDatabaseServer } from "../lib/testing/own-database-server.ts";
import { createStoreWorld, type StoreWorld } from "../lib/testing/store-world.ts";
import type { BenchResult } from "./bench-result.ts";
import { type CopyQuestion, copyOut, digestOfIds } from "./export/copy-out.ts";
import type { ExportReport } from "./export/export-main.ts";
import { startExporter } from "./export/exporter.ts";
import { median, rounded } from "./gateway/samples.ts";
import { seedCalls } from "./queries/seed.ts";

const rounds = 5;
/** Within what one export may ask for. */
const days = 30;

/**
 * The CSV of a tenant's calls of 30 days, as the page's link gives it and in a process of its own, beside COPY of the same
 * rows and columns, in turn. `--rows 200000`.
 */
export async function measure(args: readonly string[]): Promise<BenchResult> {
  const wanted = rowsOf(args);
  const loadBefore = rounded(os.loadavg()[0] ?? 0);
  const server = await startOwnDatabaseServer({
    durable: false,
    settings: { fsync: "off", autovacuum: "off" },
  });
  const world = await createStoreWorld(server.database);
  const sql = new pg.Client({ connectionString: server.superuserUrl });
  const stops: (() => Promise<void>)[] = [() => world.drop(), () => sql.end()];
  try {
    await sql.connect();
    const { tenants, seconds } = await seedCalls(server, world, wanted, { days, tenants: 1 });
    const [tenant] = tenants;
    if (!tenant) throw new Error("No tenant.");
    console.log(`Load of the machine before: ${loadBefore}. ${wanted} calls seeded in ${seconds} s.`);
    const now = Date.now();
    const from = new Date(now - (days + 1) * 86_400_000).toISOString();
    const question: CopyQuestion = { tenantId: tenant.id, from, to: new Date(now).toISOString() };
    const search = { tenant: tenant.slug, from, to: question.to, format: "csv" };
    const person = await world.addPerson("reader", { [tenant.slug]: "auditor" });
    const rows = await sameRows(world, person, search, sql, question);

    const exporter = await startExporter(world.database.urls.web);
    stops.push(() => exporter.stop());
    const exported: ExportReport[] = [];
    const copied: Copied[] = [];
    for (let round = 0; round < rounds; round++) {
      const report = await exporter.run({ token: person.token, search });
      if (report.rows !== rows) throw new Error(`${report.rows} of ${rows} calls were exported.`);
      const plain = await copyOut(sql, question, { sorted: false });
      const sorted = await copyOut(sql, question, { sorted: true });
      exported.push(report);
      copied.push({ plainMs: plain.ms, sortedMs: sorted.ms, bytes: plain.bytes });
      console.log(
        `round ${round + 1}: export ${perS(rows, report.ms)} rows/s, COPY ${perS(rows, plain.ms)} rows/s, COPY in the file's order ${perS(rows, sorted.ms)} rows/s`,
      );
    }
    return resultOf({ rows, loadBefore, idleRssMb: exporter.idleRssMb, exported, copied });
  } finally {
    for (const stop of stops.reverse()) await stop().catch((error: unknown) => console.error(String(error)));
  }
}

type Copied = { readonly plainMs: number; readonly sortedMs: number; readonly bytes: number };

function resultOf(of: {
  readonly rows: number;
  readonly loadBefore: number;
  readonly idleRssMb: number;
  readonly exported: readonly ExportReport[];
  readonly copied: readonly Copied[];
}): BenchResult {
  const { rows, exported, copied } = of;
  // The first round of each fills caches and plans.
  const middle = <T>(all: readonly T[], ms: (one: T) => number) => median(all.slice(1).map(ms));
  const exportMs = middle(exported, ({ ms }) => ms);
  const plainMs = middle(copied, (one) => one.plainMs);
  const sortedMs = middle(copied, (one) => one.sortedMs);
  const peakRssMb = Math.round(Math.max(...exported.map((one) => one.peakRssMb)));
  const idleRssMb = Math.round(of.idleRssMb);
  console.log(
    `${rows} rows: export ${perS(rows, exportMs)} rows/s, COPY ${perS(rows, plainMs)} rows/s (in the file's order ${perS(rows, sortedMs)})`,
  );
  console.log(`The process that exports: ${peakRssMb} MiB at most, ${idleRssMb} before its first export`);
  const thousandth = (value: number) => Math.round(value * 1_000) / 1_000;
  return {
    ratios: { rows_vs_copy_out: thousandth(plainMs / exportMs), peak_rss_mb: peakRssMb },
    figures: {
      loadBefore: of.loadBefore,
      processors: os.availableParallelism(),
      rows,
      exportRowsPerSecond: perS(rows, exportMs),
      copyRowsPerSecond: perS(rows, plainMs),
      sortedCopyRowsPerSecond: perS(rows, sortedMs),
      exportBytes: exported[0]?.bytes,
      copyBytes: copied[0]?.bytes,
      exportMs: exported.map(({ ms }) => Math.round(ms)),
      copyMs: copied.map((one) => Math.round(one.plainMs)),
      sortedCopyMs: copied.map((one) => Math.round(one.sortedMs)),
      idleRssMb,
    },
  };
}

/** How many calls the file has; refuses to go on where COPY gives others, or in another order. */
async function sameRows(
  world: StoreWorld,
  actor: PersonActor,
  search: object,
  sql: pg.Client,
  question: CopyQuestion,
): Promise<number> {
  const hash = createHash("sha256");
  const rows = await world.as("web", async () => {
    const file = await exportCalls(actor, callExportSearch.parse(search));
    let first = true;
    for await (const part of file.lines) {
      if (!first) for (const line of part.split("\r\n")) hash.update(line && `${line.split(",", 1)[0]}\n`);
      first = false;
    }
    return file.rows;
  });
  if (hash.digest("hex") !== (await digestOfIds(sql, question)))
    throw new Error("The export and COPY give different rows.");
  return rows;
}

function rowsOf(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: "string", default: "200000" } } });
  const rows = Number(values.rows);
  if (!Number.isInteger(rows) || rows < 1_000) throw new Error("--rows takes a whole number from 1000.");
  return rows;
}

const perS = (rows: number, ms: number): number => Math.round((rows / ms) * 1_000);
