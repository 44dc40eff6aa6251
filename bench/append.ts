import pg from "pg";
import type { CallRecord } from "../lib/core/calls/call-record.ts";
import { callDraft } from "../lib/core/ledger/entries/call-draft.ts";
import type { EntryDraft } from "../lib/core/ledger/entries/entry-draft.ts";
import { entriesOfBody } from "../lib/db/entry-bundle.ts";
import { lockRecording } from "../lib/db/recording-head.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../lib/db/with-tenant.ts";
import { judgeRecords } from "../lib/services/calls/judge-records.ts";
import { recordCalls } from "../lib/services/calls/record-calls.ts";
import { appendEntries } from "../lib/services/ledger/append-entries.ts";
import { startOwnDatabaseServer } from "../lib/testing/own-database-server.ts";
import { callAt, createStoreWorld, type StoreTenant } from "../lib/testing/store-world.ts";
import type { BenchResult } from "./bench-result.ts";
import { insertPlainly, plainTables } from "./plain-insert.ts";

const writers = 4;
const rounds = 4;
const roundMs = 1_500;
const batches = [1, 50, 500];
/** Entries per second of the sketch that the design was made with, on one machine, four clients, hashing in SQL. */
const sketch = { "1": 602, "50": 16_300, "500": 42_500 };

/**
 * How many entries one tenant's log takes in a second, beside plain inserts of the same rows into tables without tree,
 * chain, tiles, row security or lock; durable commits, and both in turn within one run.
 */
export async function measure(): Promise<BenchResult> {
  const server = await startOwnDatabaseServer();
  const world = await createStoreWorld(server.database);
  try {
    const tenant = await world.addTenant("bench");
    return await world.as("gateway", () => measureOf(tenant, server.database.ownerUrl));
  } finally {
    await world.drop();
  }
}

/** Of the process's own database. */
async function measureOf(tenant: StoreTenant, ownerUrl: string): Promise<BenchResult> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: writers });
  // Its connections end with the server where a measurement fails; the failure is what is told.
  pool.on("error", () => undefined);
  await pool.query(plainTables);
  const drafts = await draftsOf(tenant);
  const append = (n: number) =>
    withTenantSql(tenantScope(tenant.id), async (sql) => {
      await lockRecording(sql, tenant.id);
      await appendEntries(sql, tenant.id, drafts.slice(0, n), new Date());
    });
  const rows = await capture(tenant, drafts);
  const plain = (n: number) => insertPlainly(pool, rows.slice(0, n));

  const figures: Record<string, Record<string, number>> = {
    append: {},
    plain: {},
    appendCpuUs: {},
    plainCpuUs: {},
  };
  const ratios: Record<string, number> = {};
  for (const batch of batches) {
    const rates = { append: [] as Rate[], plain: [] as Rate[] };
    for (let round = 0; round < rounds; round++) {
      rates.plain.push(await rate(() => plain(batch), batch));
      rates.append.push(await rate(() => append(batch), batch));
    }
    // The first round of each fills caches and plans.
    const middle = (of: readonly Rate[], what: keyof Rate) => median(of.slice(1).map((one) => one[what]));
    const [appended, inserted] = [middle(rates.append, "perSecond"), middle(rates.plain, "perSecond")];
    Object.assign(figures.append ?? {}, { [batch]: Math.round(appended) });
    Object.assign(figures.plain ?? {}, { [batch]: Math.round(inserted) });
    // What this process spends on one: hardly different on a machine that has other work.
    Object.assign(figures.appendCpuUs ?? {}, { [batch]: Math.round(middle(rates.append, "cpuUs")) });
    Object.assign(figures.plainCpuUs ?? {}, { [batch]: Math.round(middle(rates.plain, "cpuUs")) });
    ratios[batch] = rounded(appended / inserted);
    console.log(
      `batch ${batch}: ${Math.round(appended)} entries/s, plain ${Math.round(inserted)} rows/s, ratio ${ratios[batch]}`,
    );
  }
  const share = await shareOfRecording(tenant);
  console.log(
    `recording 500 calls: ${share.recordMs} ms, of which the ledger ${share.appendMs} ms (one writer)`,
  );
  await pool.end();
  return {
    ratios,
    figures: {
      ...figures,
      sketch,
      entryBytes: Math.round(rows.reduce((sum, { length }) => sum + length, 0) / rows.length),
      recording: share,
    },
  };
}

async function draftsOf(tenant: StoreTenant): Promise<EntryDraft[]> {
  return (await judgeRecords(tenant.id, callsOf(tenant, 500))).map(callDraft);
}

function callsOf(tenant: StoreTenant, n: number): CallRecord[] {
  const start = Date.now();
  return Array.from({ length: n }, (_, i) => callAt(tenant, new Date(start + i).toISOString()));
}

/** The rows that these drafts make, as they would be written. */
async function capture(tenant: StoreTenant, drafts: readonly EntryDraft[]) {
  let bodies: readonly Uint8Array[] = [];
  const dry: SqlTransaction = {
    query: async (text, values = []) => {
      if (!/INSERT INTO ledger_entry/.test(text)) return [];
      bodies = bodiesIn(values);
      return [];
    },
  };
  await appendEntries(dry, tenant.id, drafts, new Date());
  // The first one opens the log that the dry run did not find.
  return bodies.slice(1);
}

/** Of the first statement that holds some: where its rows of `ledger_body` begin, how many entries each holds, and bytes. */
function bodiesIn(values: readonly unknown[]): Uint8Array[] {
  const at = values.findIndex(
    (value, i) => i >= 4 && Buffer.isBuffer(value) && values.slice(i - 4, i).every(Array.isArray),
  );
  const bytes = values[at];
  if (!Buffer.isBuffer(bytes)) throw new Error("No bodies were written.");
  const [indexes, bundled, starts, lengths] = values.slice(at - 4, at) as [
    number[],
    (number | null)[],
    number[],
    number[],
  ];
  return starts.flatMap((start, i) =>
    entriesOfBody({
      index: indexes[i] ?? 0,
      bundled: bundled[i] ?? null,
      bytes: bytes.subarray(start - 1, start - 1 + (lengths[i] ?? 0)),
    }),
  );
}

type Rate = { readonly perSecond: number; readonly cpuUs: number };

/** Rows per second of writers at work at once, and the processor time of this process for each. */
async function rate(write: () => Promise<unknown>, batch: number): Promise<Rate> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  let written = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() - begin < roundMs) {
        await write();
        written += batch;
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (written / (performance.now() - begin)) * 1_000, cpuUs: (user + system) / written };
}

async function shareOfRecording(tenant: StoreTenant) {
  const recordings: number[] = [];
  const appends: number[] = [];
  for (let i = 0; i < 8; i++) {
    const calls = callsOf(tenant, 500);
    const judged = await judgeRecords(tenant.id, calls);
    let begin = performance.now();
    await recordCalls(tenant.id, calls);
    recordings.push(performance.now() - begin);
    begin = performance.now();
    await withTenantSql(tenantScope(tenant.id), async (sql) => {
      await lockRecording(sql, tenant.id);
      const before = performance.now();
      await appendEntries(sql, tenant.id, judged.map(callDraft), new Date());
      await sql.query("SET CONSTRAINTS ALL IMMEDIATE");
      appends.push(performance.now() - before);
    });
  }
  return {
    calls: 500,
    recordMs: rounded(median(recordings)),
    appendMs: rounded(median(appends)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
