import { fork } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import * as copyStreams from "pg-copy-streams";
import { sqlTypes } from "../lib/db/connection.ts";
import { storedBodies } from "../lib/db/ledger-walk.ts";
import { requestReport } from "../lib/services/reports/request-report.ts";
import type { PersonActor } from "../lib/services/sessions/find-session.ts";
import { signPacks } from "../lib/signer/sign-packs.ts";
import { startOwnDatabaseServer } from "../lib/testing/own-database-server.ts";
import { createReportWorld, type ReportWorld } from "../lib/testing/report-world.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../lib/testing/store-world.ts";
import { workerMemoryEnv, workerNodeArgs } from "../scripts/supervisor/process-memory.ts";
import type { BenchResult } from "./bench-result.ts";
import { median, rounded } from "./gateway/samples.ts";
import type { BuildReport } from "./report/report-main.ts";
import { seedLog } from "./report/seed-log.ts";

const goal = { rssMb: 400 };

/**
 * A pack of so many calls, built by the worker's own builder in a process of its own and kept in the store, beside COPY of
 * the very same entries, each a row of a plain table, in turn. `--calls 1000000 --rounds 3`.
 */
export async function measure(args: readonly string[]): Promise<BenchResult> {
  const { calls, rounds } = wished(args);
  const loadBefore = rounded(os.loadavg()[0] ?? 0);
  const server = await startOwnDatabaseServer({
    durable: false,
    settings: { fsync: "off", autovacuum: "off", max_wal_size: "4GB" },
  });
  const world = await createStoreWorld(server.database);
  const sql = new pg.Client({ connectionString: server.superuserUrl });
  const stops: (() => Promise<void> | void)[] = [() => world.drop(), () => sql.end()];
  try {
    await sql.connect();
    const reports = createReportWorld(world);
    stops.push(() => reports.drop());
    const bank = await world.addTenant("bank", {}, new Date("2026-11-21T12:00:00.000Z"));
    const officer = await world.addPerson("officer", { bank: "officer" });
    const began = performance.now();
    await seedLog(world, bank, calls);
    await layOneByOne(sql, server.superuserUrl, bank);
    await sql.query("ANALYZE ledger_body, ledger_entry");
    await reports.signers.pass(reports.signer);
    console.log(
      `Load of the machine before: ${loadBefore}. ${calls} entries appended and signed in ${Math.round((performance.now() - began) / 1_000)} s.`,
    );
    const builder = await startBuilder(world.database.urls.worker);
    stops.push(() => builder.stop());
    const built: BuildReport[] = [];
    const copied: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const report = await buildOne(world, reports, officer, () => builder.run(round));
      const ms = await copyMs(sql, calls);
      built.push(report);
      copied.push(ms);
      console.log(
        `round ${round}: pack ${perS(calls, report.ms)} rows/s, ${Math.round(report.peakRssMb)} MiB; COPY ${perS(calls, ms)} rows/s`,
      );
    }
    return await resultOf({ calls, loadBefore, idleRssMb: builder.idleRssMb, built, copied, sql, bank });
  } finally {
    for (const stop of stops.reverse())
      await Promise.resolve(stop()).catch((error: unknown) => console.error(String(error)));
  }
}

async function buildOne(
  world: StoreWorld,
  reports: ReportWorld,
  officer: PersonActor,
  run: () => Promise<BuildReport>,
): Promise<BuildReport> {
  const period = { from: "2026-11-22T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" };
  const everything = { application: [], region: [], verdict: [], model: [], source: [] };
  await world.as("web", () => requestReport(officer, { tenant: "bank", ...period, ...everything }));
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void signPacks(reports.signer).finally(() => {
      busy = false;
    });
  }, 100);
  try {
    const report = await run();
    if (report.outcome !== "ready") throw new Error(`The pack is not ready: ${report.outcome}.`);
    return report;
  } finally {
    clearInterval(timer);
    while (busy) await new Promise(setImmediate);
  }
}

async function resultOf(of: {
  readonly calls: number;
  readonly loadBefore: number;
  readonly idleRssMb: number;
  readonly built: readonly BuildReport[];
  readonly copied: readonly number[];
  readonly sql: pg.Client;
  readonly bank: StoreTenant;
}): Promise<BenchResult> {
  const { calls, built, copied } = of;
  const { rows } = await of.sql.query<{ bytes: string; calls: string }>(
    "SELECT bytes, calls FROM report WHERE tenant_id = $1 AND state = 'ready' ORDER BY requested_at LIMIT 1",
    [of.bank.id],
  );
  const told = { bytes: Number(rows[0]?.bytes), calls: Number(rows[0]?.calls) };
  // Every thousandth entry is a heartbeat.
  if (told.calls !== calls - Math.floor(calls / 1_000))
    throw new Error(`${told.calls} calls are in the pack.`);
  const ms = median(built.map((one) => one.ms));
  const copy = median(copied);
  const peakRssMb = Math.round(Math.max(...built.map((one) => one.peakRssMb)));
  console.log(
    `${calls} rows, ${(told.bytes / 1e6).toFixed(0)} MB: pack ${perS(calls, ms)} rows/s, COPY ${perS(calls, copy)} rows/s`,
  );
  console.log(
    `The process that builds: ${peakRssMb} MiB at most, ${Math.round(of.idleRssMb)} before its first pack. ${
      peakRssMb < goal.rssMb ? "Within the goal." : "Not within the goal."
    }`,
  );
  return {
    ratios: { rows_vs_copy_out: Math.round((copy / ms) * 1_000) / 1_000, peak_rss_mb: peakRssMb },
    figures: {
      loadBefore: of.loadBefore,
      processors: os.availableParallelism(),
      rows: calls,
      packBytes: told.bytes,
      packRowsPerSecond: perS(calls, ms),
      copyRowsPerSecond: perS(calls, copy),
      packMs: built.map((one) => Math.round(one.ms)),
      copyMs: copied.map(Math.round),
      idleRssMb: Math.round(of.idleRssMb),
      goal,
    },
  };
}

/** The same entries for COPY: each in a row of its own, as it was hashed. */
async function layOneByOne(sql: pg.Client, url: string, { id }: StoreTenant): Promise<void> {
  await sql.query("CREATE TABLE bench_body (index bigint PRIMARY KEY, bytes bytea NOT NULL)");
  await sql.query("ALTER TABLE bench_body ALTER COLUMN bytes SET STORAGE PLAIN");
  async function* rows(): AsyncGenerator<Buffer> {
    yield copyHead;
    for (let from = 0; ; from += entriesAtOnce) {
      const bodies = await storedBodies(
        { query: async (text, values = []) => (await reader.query(text, [...values])).rows },
        { tenantId: id, epoch: 1 },
        from,
        from + entriesAtOnce,
      );
      for (const { index, bytes } of bodies) {
        const head = Buffer.alloc(18);
        head.writeInt16BE(2, 0);
        head.writeInt32BE(8, 2);
        head.writeBigInt64BE(BigInt(index), 6);
        head.writeInt32BE(bytes.length, 14);
        yield Buffer.concat([head, bytes]);
      }
      if (bodies.length < entriesAtOnce) break;
    }
    yield Buffer.from([0xff, 0xff]);
  }
  const reader = new pg.Client({ connectionString: url, types: sqlTypes as pg.CustomTypesConfig });
  await reader.connect();
  try {
    await pipeline(
      Readable.from(rows()),
      sql.query(copyStreams.from("COPY bench_body FROM STDIN (FORMAT binary)")),
    );
  } finally {
    await reader.end();
  }
  await sql.query("ANALYZE bench_body");
}

const entriesAtOnce = 5_000;
/** Signature, flags and the length of an extension that there is none of. */
const copyHead = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);

/** Of the same bytes, by a superuser, whom row security does not slow down. */
async function copyMs(sql: pg.Client, calls: number): Promise<number> {
  const began = performance.now();
  let bytes = 0;
  const text = "COPY (SELECT index, bytes FROM bench_body ORDER BY index) TO STDOUT (FORMAT binary)";
  for await (const piece of sql.query(copyStreams.to(text))) bytes += (piece as Buffer).length;
  if (bytes < calls * 1_000) throw new Error(`COPY gave ${bytes} bytes.`);
  return performance.now() - began;
}

async function startBuilder(databaseUrl: string) {
  const child = fork(fileURLToPath(new URL("./report/report-main.ts", import.meta.url)), {
    execArgv: [
      ...workerNodeArgs,
      ...(process.env.BENCH_PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
    ],
    env: { ...process.env, ...workerMemoryEnv, DATABASE_URL: databaseUrl, DOMICILE_PROCESS: "worker" },
  });
  const next = async <T>(): Promise<T> => {
    const over = new AbortController();
    const gone = once(child, "exit", { signal: over.signal }).then(() => {
      throw new Error("The process that builds ended by itself.");
    });
    try {
      const [message] = await Promise.race([once(child, "message", { signal: over.signal }), gone]);
      return message as T;
    } finally {
      over.abort();
      gone.catch(() => undefined);
    }
  };
  const { rssMb } = await next<{ rssMb: number }>();
  return {
    idleRssMb: rssMb,
    run: async (fence: number) => {
      child.send(fence);
      return next<BuildReport>();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

function wished(args: readonly string[]): { readonly calls: number; readonly rounds: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { calls: { type: "string", default: "1000000" }, rounds: { type: "string", default: "3" } },
  });
  const [calls, rounds] = [Number(values.calls), Number(values.rounds)];
  if (!Number.isInteger(calls) || calls < 1_000) throw new Error("--calls takes a whole number from 1000.");
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds takes a whole number from 1.");
  return { calls, rounds };
}

const perS = (rows: number, ms: number): number => Math.round((rows / ms) * 1_000);
