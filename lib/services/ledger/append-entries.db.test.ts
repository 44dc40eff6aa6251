import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCallBody } from "../../core/ledger/entries/call-body.ts";
import { eventDraft, readEventBody } from "../../core/ledger/entries/event-body.ts";
import { systemLogId } from "../../core/ledger/system-log.ts";
import { insertLedgerBatch, type LedgerBatchRow } from "../../db/ledger-batch.ts";
import { readLedgerHead } from "../../db/ledger-log.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import type { AppendTask } from "../../testing/append-process.ts";
import { itOnOneServer, onCluster } from "../../testing/cluster.ts";
import { recomputeLog } from "../../testing/recompute-log.ts";
import { sampleAnalysis } from "../../testing/sample-analysis.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { acknowledgeFinding } from "../findings/acknowledge-finding.ts";
import { resolveFinding } from "../findings/resolve-finding.ts";
import { Refusal } from "../refusal.ts";
import { appendEntries } from "./append-entries.ts";
import { openEpoch } from "./open-epoch.ts";

let world: StoreWorld;
let tenant: StoreTenant;

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
});
afterAll(() => world.drop());

const owned =
  (tenantId: string) =>
  <Row>(text: string, values: readonly unknown[] = []) =>
    world.sql<Row>("owner", { read: [tenantId] }, text, values);
const recompute = (tenantId: string) => recomputeLog(owned(tenantId), tenantId);

const at = new Date("2026-11-22T10:00:00.123Z");
const draft = (id: string, more: Partial<Parameters<typeof eventDraft>[0]> = {}) =>
  eventDraft({
    id,
    at: at.toISOString(),
    actor: "system",
    actorId: "test",
    actorName: "test",
    kind: "test.appended",
    subject: id,
    detail: {},
    ...more,
  });
const append = (tenantId: string, ids: readonly string[], when = at) =>
  world.as("gateway", () =>
    withTenantSql(tenantScope(tenantId), async (sql) => {
      await lockRecording(sql, tenantId);
      return appendEntries(
        sql,
        tenantId,
        ids.map((id) => draft(id)),
        when,
      );
    }),
  );
const names = (n: number, prefix = "") => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

describe("a log", () => {
  it("is opened with its tenant, whose creation is its first event", async () => {
    const { entries, origin } = await recompute(tenant.id);
    expect(origin).toMatch(/^domicile\.ledger\/[a-z2-7]{26}\/e1$/);
    expect(entries.slice(0, 3).map(({ type, body }) => [type, (body as { kind?: string }).kind])).toEqual([
      ["epoch_opened", undefined],
      ["event", "tenant.created"],
      ["event", "key.created"],
    ]);
    const other = await world.addTenant("other-bank");
    expect((await recompute(other.id)).origin).not.toBe(origin);
  });

  it("holds what belongs to the deployment alone apart from every tenant, and says where each event stands", async () => {
    const { sessionId } = await world.addPerson("anna", { bank: "admin" });
    const { entries } = await recompute(systemLogId);
    const opened = entries.findLast(({ type }) => type === "event");
    expect(readEventBody(opened?.body ?? null).body).toMatchObject({
      kind: "session.opened",
      subject: sessionId,
    });
    expect(
      await world.sql(
        "owner",
        {},
        "SELECT ledger_epoch AS e, ledger_index AS i FROM system_event WHERE subject = $1",
        [sessionId],
      ),
    ).toEqual([{ e: 1, i: String(opened?.index) }]);
    const [member] = await owned(tenant.id)<{ id: string; at: Date; i: string }>(
      "SELECT id, at, ledger_index AS i FROM audit_event WHERE kind = 'membership.created'",
    );
    const tenantLog = await recompute(tenant.id);
    expect(readEventBody(tenantLog.entries[Number(member?.i)]?.body ?? null).body).toMatchObject({
      id: member?.id,
      happenedAt: member?.at.toISOString(),
    });
  });

  it("takes a call with its recording, and the call's row says where it stands", async () => {
    const calls = [1, 2, 3].map((n) => callAt(tenant, `2026-11-10T00:00:0${n}.000Z`));
    const refused = callAt(tenant, "2026-11-10T00:00:04.000Z", {
      attempts: [],
      end: "refused",
      refusal: { code: "host_out_of_region", message: "no" },
    });
    await world.as("gateway", () => recordCalls(tenant.id, [...calls, refused]));
    const rows = await owned(tenant.id)<{ id: string; e: number; i: string; verdict: string }>(
      "SELECT id, ledger_epoch AS e, ledger_index AS i, verdict FROM call WHERE started_at::date = '2026-11-10' ORDER BY seq",
    );
    const { entries } = await recompute(tenant.id);
    for (const [n, { id }] of [...calls, refused].entries()) {
      const row = rows[n];
      const entry = entries[Number(row?.i)];
      expect(row).toMatchObject({ id, e: 1 });
      expect(entry?.type).toBe("call");
      expect(readCallBody(entry?.body ?? null).body).toMatchObject({ id, verdict: row?.verdict });
    }
  });

  it("takes an end that comes late once, however often it comes", async () => {
    const call = callAt(tenant, "2026-11-11T00:00:00.000Z");
    const unknown = { ...call, end: "unknown" as const, endedAt: null };
    await world.as("worker", () => recordCalls(tenant.id, [unknown]));
    await world.as("gateway", () => recordCalls(tenant.id, [call, call]));
    await world.as("gateway", () => recordCalls(tenant.id, [call]));
    const { entries } = await recompute(tenant.id);
    const late = entries.filter(({ type }) => type === "late_outcome");
    expect(late.map(({ body }) => readCallBody(body).body.id)).toEqual([call.id]);
    expect(
      await owned(tenant.id)(
        "SELECT ledger_epoch AS e, ledger_index AS i FROM late_outcome WHERE call_id = $1",
        [call.id],
      ),
    ).toEqual([{ e: 1, i: String(late[0]?.index) }]);
  });

  it("cuts tiles at every level, whatever the batches, and the tree is the same as one entry at a time", async () => {
    const big = await world.addTenant("big");
    for (const size of [1, 253, 1, 1, 255, 257, 700, 1024]) await append(big.id, names(size));
    const { size } = await recompute(big.id);
    expect(size).toBe(2492 + 3);
    expect(await owned(big.id)("SELECT level, count(*)::int AS n FROM ledger_tile GROUP BY level")).toEqual([
      { level: 0, n: 9 },
    ]);
  });

  it("goes on as a new epoch that names what it follows, and the sealed one takes nothing more", async () => {
    const sealed = await world.addTenant("sealed");
    const before = await recompute(sealed.id);
    const { origin, size, root } = before;
    const seal = { origin, epoch: 1, size, root, reason: "The key was stolen." };
    const open = () =>
      world.as("worker", () =>
        withTenantSql(tenantScope(sealed.id), (sql) => openEpoch(sql, sealed.id, seal, at)),
      );
    expect(await open()).toEqual({ epoch: 2, firstIndex: 0 });
    expect(await open()).toBeNull();
    expect(await append(sealed.id, ["after"])).toEqual({ epoch: 2, firstIndex: 1 });
    const after = await recompute(sealed.id);
    expect(after.origin).toBe(before.origin.replace(/e1$/, "e2"));
    expect(after.entries[0]).toMatchObject({
      type: "epoch_opened",
      body: { previous: { origin: before.origin, size: before.size, root: before.root } },
    });
    // By a trigger, and a cluster has none.
    if (!onCluster)
      await expect(insert(sealed.id, { epoch: 1, firstIndex: before.size })).rejects.toThrow(/is closed/);
  });
});

describe("2.17 #3: two writers at once", () => {
  it("append 10,000 each from two processes: no fork, no gap, and the root is that of the entries", async () => {
    const shared = await world.addTenant("shared");
    const before = await recompute(shared.id);
    await Promise.all(
      ["left", "right"].map((name) =>
        run({ do: "append", tenantId: shared.id, name, batches: 40, batch: 250 }),
      ),
    );
    const { entries, size } = await recompute(shared.id);
    expect(size).toBe(before.size + 20_000);
    for (const name of ["left", "right"]) {
      const ids = entries.flatMap(({ type, body }) =>
        type === "event" && readEventBody(body).body.subject === name ? [readEventBody(body).body.id] : [],
      );
      expect(ids).toEqual(names(10_000));
    }
  });

  it("record calls and work on the finding they raise, at once: none waits for the other in a circle", async () => {
    const busy = await world.addTenant("busy");
    const officer = await world.addPerson("otto", { busy: "officer" });
    // Each begins behind what was done before, so that it opens a finding that was resolved.
    const leak = () => callAt(busy, new Date(Date.now() + 60_000).toISOString(), { host: "api.openai.com" });
    await world.as("gateway", () => recordCalls(busy.id, [leak()]));
    const [finding] = await owned(busy.id)<{ id: string }>(
      "SELECT id FROM finding WHERE cause = 'host_out_of_region'",
    );
    const id = finding?.id ?? "";
    const refused = (error: unknown) => {
      // A step that the finding's state does not allow is an answer. A deadlock is none.
      if (!(error instanceof Refusal)) throw error;
    };
    let steps = 0;
    await world.as("owner", () =>
      Promise.all([
        ...[1, 2, 3].map(async () => {
          for (let i = 0; i < 12; i++) expect(await recordCalls(busy.id, [leak()])).toHaveLength(1);
        }),
        ...[1, 2].map(async () => {
          for (let i = 0; i < 8; i++) {
            await acknowledgeFinding(officer, { id }).then(() => (steps += 1), refused);
            const fixed = { resolution: "config_fix", note: "x", analysis: sampleAnalysis() } as const;
            await resolveFinding(officer, { id, ...fixed }).then(() => (steps += 1), refused);
          }
        }),
      ]),
    );
    const { entries } = await recompute(busy.id);
    expect(entries.filter(({ type }) => type === "call")).toHaveLength(1 + 36);
    const worked = entries.flatMap(({ type, body }) =>
      type === "event" && readEventBody(body).body.kind.startsWith("finding.") ? [body] : [],
    );
    expect(steps).toBeGreaterThan(2);
    expect(worked).toHaveLength(steps);
  });

  it("without the lock: keys alone refuse the fork, and the loser has written nothing", async () => {
    const forked = await world.addTenant("forked");
    const { size } = await recompute(forked.id);
    await world.as("gateway", async () => {
      const stale = withTenantSql(tenantScope(forked.id), async (sql) => {
        const drafts = [draft("stale")];
        // The head as it was before the other writer came.
        const head = await readLedgerHead(sql, forked.id, 1);
        await withTenantSql(tenantScope(forked.id), (other) =>
          appendEntries(other, forked.id, [draft("first")], at),
        );
        const frozen = {
          query: (text: string, values?: readonly unknown[]) =>
            /ledger_log/.test(text) ? [head] : sql.query(text, values),
        };
        return appendEntries(frozen as typeof sql, forked.id, drafts, at);
      });
      await expect(stale).rejects.toThrow(
        onCluster ? /ledger_batch_pkey/ : /ledger_(batch_first_key|entry_pkey)/,
      );
    });
    const { entries } = await recompute(forked.id);
    expect(entries).toHaveLength(size + 1);
    expect(readEventBody(entries.at(-1)?.body ?? null).body.id).toBe("first");
  });

  itOnOneServer(
    "without the lock: keys alone refuse a gap, a second beginning, a batch without its entries and entries without a batch",
    async () => {
      const gapped = await world.addTenant("gapped");
      const { size } = await recompute(gapped.id);
      await expect(insert(gapped.id, { firstIndex: size + 1 })).rejects.toThrow(/first_index_fkey/);
      await expect(insert(gapped.id, { firstIndex: size - 1 })).rejects.toThrow(/ledger_entry_pkey/);
      await expect(insert(gapped.id, { firstIndex: size, entries: [] })).rejects.toThrow(
        /ledger_batch_range/,
      );
      const write = (text: string) => world.sql("gateway", { read: [gapped.id], write: gapped.id }, text);
      const values = `'${gapped.id}', 1`;
      const hash = `decode(repeat('00', 32), 'hex')`;
      const frontier = `decode(repeat('00', 32 * bit_count(${size + 2}::bigint::bit(64))::int), 'hex')`;
      await expect(
        write(
          `INSERT INTO ledger_batch VALUES (${values}, ${size}, ${size + 2}, ${hash}, ${frontier}, now())`,
        ),
      ).rejects.toThrow(/holds 0 entries/);
      await expect(
        write(`INSERT INTO ledger_batch VALUES (${values}, 0, ${size + 2}, ${hash}, ${frontier}, now())`),
      ).rejects.toThrow(/ledger_batch_first_key/);
      await expect(
        write(`INSERT INTO ledger_batch VALUES (${values}, NULL, 0, ${hash}, '', now())`),
      ).rejects.toThrow(/ledger_batch_pkey/);
      await expect(
        write(`INSERT INTO ledger_entry VALUES (${values}, ${size}, ${size + 1}, 'event', ${hash}, now())`),
      ).rejects.toThrow(/batch_end_fkey/);
      expect((await recompute(gapped.id)).size).toBe(size);
    },
  );
});

describe("2.17 #5: time through the database", () => {
  it("is to the millisecond, in the bytes and beside them", async () => {
    const precise = await world.addTenant("precise");
    for (const ms of [0, 1, 499, 999]) {
      const when = new Date(Date.UTC(2026, 10, 22, 11, 0, 0, ms));
      const { firstIndex } = await append(precise.id, ["t"], when);
      const { entries } = await recompute(precise.id);
      expect(entries[firstIndex]?.at).toBe(when.toISOString());
      expect(
        await owned(precise.id)<{ at: string }>(
          `SELECT to_char(appended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM ledger_entry WHERE index = $1`,
          [firstIndex],
        ),
      ).toEqual([{ at: when.toISOString().replace("Z", "000Z") }]);
    }
  });
});

describe("2.17 #6, #13: what was recorded before the ledger", () => {
  it("is in no log and never gets into one; the log begins with the next write and says so", async () => {
    const old = await oldTenant("old-bank");
    const [before] = await owned(old.id)<{ id: string }>("SELECT id FROM call");
    await expect(recompute(old.id)).rejects.toThrow(/never opened/);
    const call = callAt(old, "2026-11-12T00:00:00.000Z");
    await world.as("gateway", () => recordCalls(old.id, [call]));
    // The old call comes once more, as a retry after an upgrade does: it is known, and not taken for new.
    await world.as("gateway", () =>
      recordCalls(old.id, [callAt(old, "2026-11-01T00:00:00.000Z", { id: before?.id ?? "" })]),
    );
    const { entries } = await recompute(old.id);
    expect(entries.map(({ type }) => type)).toEqual(["epoch_opened", "call"]);
    expect(
      await owned(old.id)("SELECT id, ledger_epoch AS e, ledger_index AS i FROM call ORDER BY seq"),
    ).toEqual([
      { id: before?.id, e: null, i: null },
      { id: call.id, e: 1, i: "1" },
    ]);
  });
});

/** A tenant with a call, as the version before the ledger left them. */
async function oldTenant(slug: string): Promise<StoreTenant> {
  const id = v7();
  const applicationId = v7();
  const write = (text: string, values: readonly unknown[]) =>
    world.sql("owner", { read: [id], write: id }, text, values);
  await world.sql("owner", {}, "INSERT INTO tenant (id, slug, name, mode) VALUES ($1, $2, $2, 'simulated')", [
    id,
    slug,
  ]);
  await write("INSERT INTO recording_head (tenant_id, seq) VALUES ($1, 1)", [id]);
  await write(
    "INSERT INTO application (tenant_id, id, name, environment, purpose) VALUES ($1, $2, 'x', 'test', '')",
    [id, applicationId],
  );
  const [columns] = await world.sql<{ names: string }>(
    "owner",
    {},
    `SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns
      WHERE table_name = 'policy_version' AND column_name NOT IN ('tenant_id')`,
  );
  const policy = await world.sql<Record<string, unknown>>(
    "owner",
    { read: [tenant.id] },
    `SELECT ${columns?.names} FROM policy_version WHERE tenant_id = $1`,
    [tenant.id],
  );
  const [version] = policy;
  if (!version) throw new Error("There is no policy to copy.");
  const set = Object.entries(version).filter(([, value]) => value !== null);
  await write(
    `INSERT INTO policy_version (tenant_id, ${set.map(([name]) => name).join(", ")})
     VALUES ($1, ${set.map((_, i) => `$${i + 2}`).join(", ")})`,
    [id, ...set.map(([, value]) => (isJson(value) ? JSON.stringify(value) : value))],
  );
  const old = { id, slug, applicationId, keyId: tenant.keyId, key: "" };
  const call = callAt(old, "2026-11-01T00:00:00.000Z");
  await write(
    `INSERT INTO call (tenant_id, started_at, id, seq, source, application_id, target, call_end, operation, stream,
       region_dim, host_dim, model_dim, verdict, basis, claims, catalog_version, judge_version, pin, facts, simulated)
     VALUES ($1, $2, $3, 1, 'gateway', $4, 'policy', 'complete', 'x', false, 'eu', 'x', 'x', 'compliant', 'observed', '[]',
       1, 1, '{}', '{}', true)`,
    [id, call.startedAt, call.id, applicationId],
  );
  return old;
}

const isJson = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !(value instanceof Date);

/** A batch of one made-up entry, as nobody of ours would write it. */
function insert(tenantId: string, over: Partial<LedgerBatchRow>): Promise<void> {
  const firstIndex = over.firstIndex ?? 0;
  const entries = over.entries ?? [{ type: "event", leafHash: Buffer.alloc(32), bytes: Buffer.from("{}") }];
  const bits = (firstIndex + entries.length).toString(2).replaceAll("0", "").length;
  const batch: LedgerBatchRow = {
    tenantId,
    epoch: 1,
    root: Buffer.alloc(32),
    frontier: Buffer.alloc(32 * bits),
    appendedAt: at,
    openings: [],
    tiles: [],
    ...over,
    firstIndex,
    entries,
  };
  return world.as("gateway", () =>
    withTenantSql(tenantScope(tenantId), (sql) => insertLedgerBatch(sql, batch)),
  );
}

async function run(task: AppendTask): Promise<void> {
  const program = fileURLToPath(new URL("../../testing/append-process.ts", import.meta.url));
  const env = { ...process.env, DATABASE_URL: world.database.urls.gateway };
  await promisify(execFile)(process.execPath, [program, JSON.stringify(task)], { env });
}
