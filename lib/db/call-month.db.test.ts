import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "../services/calls/record-calls.ts";
import { itOnOneServer, onCluster } from "../testing/cluster.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import {
  countRowsWithoutMonth,
  createMonths,
  deletedBefore,
  dropMonth,
  listMonths,
  tenantsOfMonth,
} from "./call-month.ts";
import { pruneStep } from "./retention-run.ts";
import { tenantScope, withTenantSql } from "./with-tenant.ts";

let world: StoreWorld;
let a: StoreTenant;
let b: StoreTenant;
const may = new Date("2026-05-01T00:00:00Z");
const june = new Date("2026-06-01T00:00:00Z");
const july = new Date("2026-07-01T00:00:00Z");

beforeAll(async () => {
  world = await createStoreWorld();
  a = await world.addTenant("tenant-a");
  b = await world.addTenant("tenant-b");
  await world.as("gateway", async () => {
    await recordCalls(a.id, [callAt(a, "2026-05-03T00:00:00.000Z"), callAt(a, "2026-06-30T23:59:59.999Z")]);
    await recordCalls(a.id, [callAt(a, "2026-07-01T00:00:00.000Z")]);
    await recordCalls(b.id, [callAt(b, "2026-06-12T00:00:00.000Z")]);
  });
});
afterAll(() => world.drop());

const worker = <T>(action: () => Promise<T>) => world.as("worker", action);
const starts = async (tenant: StoreTenant, table = "call") =>
  (
    await world.sql<{ started_at: Date }>(
      "owner",
      { read: [tenant.id] },
      `SELECT started_at FROM ${table} ORDER BY 1`,
    )
  ).map(({ started_at }) => started_at.toISOString());

const firstCall = async (tenant: StoreTenant) => {
  const [row] = await world.sql<{ id: string }>(
    "owner",
    { read: [tenant.id] },
    "SELECT id FROM call ORDER BY started_at LIMIT 1",
  );
  return row?.id;
};

/** What another program reported of a call of tenant a. */
const report = (name: string, received: string, callId: string | null | undefined) =>
  world.sql(
    "owner",
    { read: [a.id], write: a.id },
    `INSERT INTO corroboration (tenant_id, client_id, received_at, started_at, source, application_id, call_id)
     VALUES ($1, $2, $3, $3, 'intake', $4, $5)`,
    [a.id, name, `${received}T00:00:00Z`, a.applicationId, callId],
  );

/** What two people approved, and the worker recorded: every entry so far, and calls before a moment. */
async function recordAsPruned(tenant: StoreTenant, before: Date): Promise<void> {
  const scope = { read: [tenant.id], write: tenant.id };
  const [request, one, two] = [v7(), v7(), v7()];
  const say = (text: string, ...values: unknown[]) => world.sql("owner", scope, text, [tenant.id, ...values]);
  await say(
    `INSERT INTO retention_request (tenant_id, id, kind, preset, months, reason, requested_by, requested_by_id, requested_at, expires_at)
     VALUES ($1, $2, 'policy', 'six_months', 6, 'test', 'one', $3, now(), now() + interval '1 day')`,
    request,
    one,
  );
  await say(
    "INSERT INTO retention_decision VALUES ($1, $2, $3, 'approved', 'two', $4, now(), NULL)",
    request,
    one,
    two,
  );
  await say(
    `INSERT INTO ledger_prune
     SELECT tenant_id, epoch, end_index, 0, $2, $3, root, epoch, 0, now() FROM ledger_batch
      WHERE tenant_id = $1 ORDER BY end_index DESC LIMIT 1`,
    request,
    before,
  );
}

// A cluster drops no month: there a retention goes in steps.
describe.skipIf(onCluster)("a month of the record", () => {
  it("lies within UTC bounds, and nothing lies outside a month", async () => {
    const tables = await world.sql<{ tableoid: string }>(
      "owner",
      { read: [a.id] },
      "SELECT tableoid::regclass::text AS tableoid FROM call ORDER BY started_at",
    );
    expect(tables.map(({ tableoid }) => tableoid)).toEqual(["call_2026_05", "call_2026_06", "call_2026_07"]);
    expect(await worker(countRowsWithoutMonth)).toBe(0);
    expect((await worker(() => listMonths("call"))).map((month) => month.getTime())).toContain(may.getTime());
    expect(await worker(() => tenantsOfMonth("call", june))).toEqual(expect.arrayContaining([a.id, b.id]));
    expect(await worker(() => tenantsOfMonth("call", may))).toEqual([a.id]);
  });

  it("is kept while a tenant that is not named has rows there, and dropped when none has", async () => {
    expect(await worker(() => dropMonth("call", june, [a.id]))).toBe("kept");
    expect(await starts(b)).toHaveLength(1);
    expect(await worker(() => dropMonth("call", may, [a.id]))).toBe("kept");
    await recordAsPruned(a, july);
    await report("of a call that goes with its month", "2026-05-03", await firstCall(a));
    await report("of a call not found", "2026-05-03", null);
    await report("received later", "2026-07-03", await firstCall(a));
    expect(await worker(() => dropMonth("call", may, [a.id]))).toBe("dropped");
    expect(await worker(() => dropMonth("call", may, [a.id]))).toBe("absent");
    expect(await starts(a)).toEqual(["2026-06-30T23:59:59.999Z", "2026-07-01T00:00:00.000Z"]);
    const marks = await worker(() =>
      withTenantSql(tenantScope(a.id), (sql) => deletedBefore(sql, "call", [a.id, b.id])),
    );
    expect(marks).toEqual(new Map([[a.id, june]]));
  });

  it("loses one tenant's rows alone, calls with their attempts, where another keeps the month", async () => {
    const step = () =>
      worker(() =>
        withTenantSql(tenantScope(a.id), (sql) => pruneStep(sql, { tenantId: a.id, epoch: 1 }, 1_000)),
      );
    expect(await step()).toBeGreaterThan(0);
    expect(await step()).toBe(0);
    // Recorded with the others, and begun after what was approved.
    expect(await starts(a)).toEqual(["2026-07-01T00:00:00.000Z"]);
    expect(await starts(a, "attempt")).toEqual(["2026-07-01T00:00:00.000Z"]);
    expect(await starts(b)).toEqual(["2026-06-12T00:00:00.000Z"]);
    // What others reported goes by its own age, also where its call went with a whole month.
    expect(await world.sql("owner", { read: [a.id] }, "SELECT client_id FROM corroboration")).toEqual([
      { client_id: "received later" },
    ]);
  });

  it("that is being dropped lets no legal hold in before it is over", async () => {
    const dropping = new pg.Client({ connectionString: world.database.urls.worker });
    await dropping.connect();
    const hold = () =>
      world.sql(
        "web",
        { read: [b.id], write: b.id },
        `SET LOCAL lock_timeout = '200ms';
         INSERT INTO legal_hold VALUES ('${b.id}', '${v7()}', 'Case 7', 'test', 'one', '${v7()}', now())`,
      );
    try {
      await dropping.query("BEGIN");
      await dropping.query("SELECT drop_month('call', $1, $2)", [june, [b.id, a.id]]);
      await expect(hold()).rejects.toMatchObject({ code: "55P03" });
      await dropping.query("ROLLBACK");
    } finally {
      await dropping.end();
    }
  });

  it("is made again for what arrives for it later", async () => {
    expect(await worker(() => createMonths(may, june))).toBe(1);
    await world.as("gateway", () => recordCalls(a.id, [callAt(a, "2026-05-04T00:00:00.000Z")]));
    expect(await worker(countRowsWithoutMonth)).toBe(0);
  });

  it("cannot be deleted while it may still be recorded into, nor by anybody but retention", async () => {
    const now = new Date();
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
    await expect(worker(() => dropMonth("call", month, [a.id, b.id]))).rejects.toThrow(/may be deleted/);
    const halfMonth = new Date("2026-06-02T00:00:00Z");
    await expect(worker(() => dropMonth("call", halfMonth, [a.id, b.id]))).rejects.toThrow(/may be deleted/);
    for (const role of ["web", "gateway"] as const) {
      const scope = { read: [b.id], write: b.id };
      for (const text of [
        `SELECT drop_month('call', '2026-06-01Z', '{${b.id}}')`,
        `SELECT retention_prune_step('${b.id}', 1, 10)`,
      ])
        await expect(world.sql(role, scope, text), role).rejects.toThrow(/permission denied/);
    }
    const scope = { read: [b.id], write: b.id };
    // No policy shows the owner a row to delete.
    expect(await world.sql("owner", scope, "DELETE FROM call RETURNING id")).toEqual([]);
    await expect(world.sql("worker", scope, "DELETE FROM call")).rejects.toThrow(/permission denied/);
    await expect(world.sql("worker", scope, "SELECT mark_deleted('call', '{}', now())")).rejects.toThrow(
      /permission denied/,
    );
    expect(await starts(b)).toHaveLength(1);
  });

  it("of the ledger loses bodies and openings, and keeps its leaves", async () => {
    const old = new Date("2025-03-10T00:00:00Z");
    await worker(() => createMonths(old, new Date("2025-03-11T00:00:00Z")));
    await world.as("gateway", () => recordCalls(b.id, [callAt(b, "2026-06-13T00:00:00.000Z")], () => old));
    const march = new Date("2025-03-01T00:00:00Z");
    const bodies = () =>
      world.sql("owner", { read: [b.id] }, "SELECT index FROM ledger_body WHERE appended_at < '2025-04-01'");
    const leaves = () =>
      world.sql("owner", { read: [b.id] }, "SELECT index FROM ledger_entry WHERE appended_at < '2025-04-01'");
    expect(await bodies()).toHaveLength(1);
    const before = await leaves();
    expect(await worker(() => dropMonth("ledger", march, [b.id]))).toBe("kept");
    await recordAsPruned(b, new Date("2025-04-01T00:00:00Z"));
    expect(await worker(() => dropMonth("ledger", march, [b.id]))).toBe("dropped");
    expect(await bodies()).toEqual([]);
    expect(await leaves()).toEqual(before);
    expect(await worker(() => dropMonth("ledger", march, [b.id]))).toBe("absent");
  });
});

describe("bytes that lie in bundles", () => {
  const worldOf = (tenant: StoreTenant) => ({
    owner: <Row>(text: string, ...values: unknown[]) =>
      world.sql<Row>("owner", { read: [tenant.id], write: tenant.id }, text, values),
    step: (most: number) =>
      worker(() =>
        withTenantSql(tenantScope(tenant.id), (sql) =>
          pruneStep(sql, { tenantId: tenant.id, epoch: 1 }, most),
        ),
      ),
  });
  const record = async (slug: string, size: number) => {
    const tenant = await world.addTenant(slug);
    // Each call has an opening of its own, by which its person is found.
    const calls = Array.from({ length: size }, (_, i) =>
      callAt(tenant, "2026-06-12T00:00:00.000Z", { endUser: `user ${i}` }),
    );
    await world.as("gateway", () => recordCalls(tenant.id, calls));
    return tenant;
  };

  it("go in steps: each bundle as a whole, and with it every opening of its entries", async () => {
    const c = await record("tenant-c", 150);
    const { owner, step } = worldOf(c);
    const lowest = async (table: string) =>
      (await owner<{ at: number | null }>(`SELECT min(index)::int AS at FROM ${table}`))[0]?.at ?? null;
    const bundles = await owner("SELECT index FROM ledger_body WHERE bundled > 1");
    expect(bundles.length).toBeGreaterThan(2);
    await recordAsPruned(c, july);
    let steps = 0;
    while ((await step(7)) > 0) {
      steps += 1;
      const [body, opening] = [await lowest("ledger_body"), await lowest("ledger_opening")];
      if (body !== null && opening !== null) expect(opening).toBeGreaterThanOrEqual(body);
    }
    expect(steps).toBeGreaterThan(3);
    expect(await lowest("ledger_body")).toBeNull();
    expect(await lowest("ledger_opening")).toBeNull();
  });

  itOnOneServer("are kept by the store where they reach beyond what is recorded as pruned", async () => {
    const d = await record("tenant-d", 20);
    const { owner, step } = worldOf(d);
    await recordAsPruned(d, july);
    await owner("ALTER TABLE ledger_body DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY");
    await owner(
      `UPDATE ledger_body SET bundled = bundled + 1 WHERE tenant_id = '${d.id}' AND bundled IS NOT NULL
          AND index = (SELECT max(index) FROM ledger_body WHERE tenant_id = '${d.id}')`,
    );
    await owner("ALTER TABLE ledger_body FORCE ROW LEVEL SECURITY, ENABLE ALWAYS TRIGGER keep_row");
    await expect(step(1_000)).rejects.toThrow(/is refused: its rows are never changed/);
  });
});
