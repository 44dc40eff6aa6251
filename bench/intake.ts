import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import * as copy from "pg-copy-streams";
import { claimsOf } from "../lib/db/claim-set.ts";
import { createKey } from "../lib/services/keys/create-key.ts";
import { startOwnDatabaseServer } from "../lib/testing/own-database-server.ts";
import { createStoreWorld, job } from "../lib/testing/store-world.ts";
import { gatewayNodeArgs } from "../scripts/supervisor/process-memory.ts";
import type { BenchResult } from "./bench-result.ts";
import { callColumns } from "./call-columns.ts";
import type { ClientOrder, ClientReport } from "./intake/client-main.ts";

const clients = 2;
const batchSize = 500;
const batches = 40;
const lanes = 4;
/** Node goes on compiling what is hot for tens of thousands of calls, and the first ones fill caches and plans. */
const warmUps = 2;
const rounds = 5;

/**
 * Acknowledged, durable, judged records per second, from two client processes through HTTP in batches of 500, with ledger,
 * rollups and findings; beside COPY of the very same rows into a table of the same shape and indexes and one of the same
 * ids, both in turn within one run. The rows are copied whole, each with its claims, as a table would hold them that has no
 * `claim_set` beside it; shown as well: as they are stored, without.
 */
export async function measure(): Promise<BenchResult> {
  const server = await startOwnDatabaseServer();
  const world = await createStoreWorld(server.database);
  const keys: string[] = [];
  const tenant = await world.addTenant("bench");
  for (let i = 0; i < clients; i++) {
    const { secret } = await world.as("web", () =>
      createKey(job, {
        tenant: tenant.slug,
        name: `client ${i}`,
        kind: "intake",
        application: "loan-desk",
        environment: "production",
        purpose: "",
        target: "policy",
      }),
    );
    keys.push(secret);
  }
  const gateway = await startGateway(server.database.urls.gateway);
  const sql = new pg.Client({ connectionString: server.superuserUrl });
  await sql.connect();
  try {
    await sql.query(plainTables("whole") + plainTables("stored"));
    const whole = await wholeColumns(sql);
    const intake: number[] = [];
    const copy: number[] = [];
    const copyAsStored: number[] = [];
    for (let round = 0; round < warmUps + rounds; round++) {
      const { rows: before } = await sql.query("SELECT seq FROM recording_head WHERE tenant_id = $1", [
        tenant.id,
      ]);
      const rate = await intakeRate(gateway.port, keys, round);
      await sql.query("CHECKPOINT");
      const reference = await copyRate(sql, { into: "whole", columns: whole, afterSeq: before[0].seq });
      await sql.query("CHECKPOINT");
      const asStored = await copyRate(sql, { into: "stored", columns: "c.*", afterSeq: before[0].seq });
      await sql.query("CHECKPOINT");
      if (round >= warmUps) {
        intake.push(rate);
        copy.push(reference);
        copyAsStored.push(asStored);
      }
      console.log(
        `${round < warmUps ? "warm-up" : "round"} ${round + 1}: intake ${Math.round(rate)} rows/s, COPY ${Math.round(reference)} rows/s, ratio ${rounded(rate / reference)}; COPY as stored ${Math.round(asStored)} rows/s, ratio ${rounded(rate / asStored)}`,
      );
    }
    const [rows, reference, asStored] = [median(intake), median(copy), median(copyAsStored)];
    const { rows: sizes } = await sql.query(
      `SELECT (SELECT (sum(octet_length(bytes)) / sum(coalesce(bundled, 1)))::int FROM ledger_body) AS entry,
              count(*)::int AS calls FROM call`,
    );
    console.log(
      `${sizes[0].calls} calls recorded, each with an entry that takes ${sizes[0].entry} bytes as stored`,
    );
    return {
      ratios: { rows_vs_copy: rounded(rows / reference) },
      figures: {
        intakeRowsPerSecond: Math.round(rows),
        copyRowsPerSecond: Math.round(reference),
        copyAsStoredRowsPerSecond: Math.round(asStored),
        rowsVsCopyAsStored: rounded(rows / asStored),
        clients,
        batchSize,
        entryBytesStored: sizes[0].entry,
      },
    };
  } finally {
    await sql.end();
    await gateway.stop();
    await world.drop();
  }
}

type Copied = "whole" | "stored";

const plainTables = (copied: Copied): string => `
  CREATE TABLE call_${copied} (LIKE call INCLUDING DEFAULTS INCLUDING INDEXES);
  ALTER TABLE call_${copied} SET (toast_tuple_target = 8160);
  CREATE TABLE key_${copied} (LIKE intake_key INCLUDING DEFAULTS INCLUDING INDEXES);`;

async function intakeRate(port: number, keys: readonly string[], round: number): Promise<number> {
  const program = fileURLToPath(new URL("./intake/client-main.ts", import.meta.url));
  const children = keys.map((key, i) => {
    const child = fork(program, { execArgv: [] });
    child.send({ port, key, name: `c${i}r${round}`, batches, batchSize, lanes } satisfies ClientOrder);
    return child;
  });
  await Promise.all(children.map((child) => once(child, "message")));
  const begin = performance.now();
  const reports = children.map(async (child) => {
    const [report] = (await once(child, "message")) as [ClientReport];
    return report.recorded;
  });
  for (const child of children) child.send("go");
  const recorded = (await Promise.all(reports)).reduce((sum, each) => sum + each, 0);
  const seconds = (performance.now() - begin) / 1_000;
  if (recorded !== keys.length * batches * batchSize)
    throw new Error(`Only ${recorded} records were recorded.`);
  return recorded / seconds;
}

/** The rows of the round, out of the tables and into plain ones, each in one COPY and both in one transaction. */
async function copyRate(
  sql: pg.Client,
  { into, columns, afterSeq }: { into: Copied; columns: string; afterSeq: number },
): Promise<number> {
  const calls = await bytesOf(sql, `SELECT ${columns} FROM call c WHERE seq > ${afterSeq} ORDER BY seq`);
  const ids = await bytesOf(
    sql,
    `SELECT k.* FROM call c JOIN intake_key k ON k.tenant_id = c.tenant_id AND k.call_id = c.id WHERE c.seq > ${afterSeq} ORDER BY c.seq`,
  );
  const { rows } = await sql.query(`SELECT count(*)::int AS n FROM call WHERE seq > ${afterSeq}`);
  const begin = performance.now();
  await sql.query("BEGIN");
  await pipeline(Readable.from(calls), sql.query(copy.from(`COPY call_${into} FROM STDIN (FORMAT binary)`)));
  await pipeline(Readable.from(ids), sql.query(copy.from(`COPY key_${into} FROM STDIN (FORMAT binary)`)));
  await sql.query("COMMIT");
  return rows[0].n / ((performance.now() - begin) / 1_000);
}

/** The columns of a call, with the claims that it names in the place of their name. */
async function wholeColumns(sql: pg.Client): Promise<string> {
  const whole = new Map([
    ["claims", claimsOf("c")],
    ["claims_id", "NULL::uuid"],
  ]);
  const names = await callColumns(sql);
  return names.map((name) => whole.get(name) ?? `c.${name}`).join(", ");
}

async function bytesOf(sql: pg.Client, query: string): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of sql.query(copy.to(`COPY (${query}) TO STDOUT (FORMAT binary)`)))
    pieces.push(piece as Buffer);
  return pieces;
}

/** The gateway as it is deployed, by itself. */
async function startGateway(databaseUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const program = fileURLToPath(new URL("../lib/gateway/main.ts", import.meta.url));
  const home = mkdtempSync(path.join(os.tmpdir(), "domicile-bench-intake-"));
  const args = [...gatewayNodeArgs, ...(process.env.BENCH_NODE_ARGS?.split(" ") ?? []), program];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      DOMICILE_HOME: home,
      DOMICILE_PROCESS: "gateway",
      DATABASE_URL: databaseUrl,
      GATEWAY_PORT: String(port),
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (text: Buffer) => String(text).includes("gateway ready") && resolve());
    child.once("exit", () => reject(new Error("The gateway did not start.")));
  });
  return {
    port,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
