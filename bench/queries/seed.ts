import pg from "pg";
import { recountColumns, recountDays, recountHours } from "../../lib/db/rollup-recount.ts";
import { histogramBounds } from "../../lib/services/rollups/histogram.ts";
import type { OwnDatabaseServer } from "../../lib/testing/own-database-server.ts";
import type { StoreTenant, StoreWorld } from "../../lib/testing/store-world.ts";
import { callColumns } from "../call-columns.ts";
import { seedApplications, seedResources } from "./seed-nouns.ts";
import { recordTemplates } from "./templates.ts";

export const tenantCount = 50;
const yearAndMonth = 395;
const dayMs = 86_400_000;
const writers = 2;
/** Attempts are written for so many days: pages read those of one call, and replays those of a month at most. */
const attemptDays = 31;

export type Seeded = {
  readonly tenants: readonly StoreTenant[];
  readonly calls: number;
  readonly seconds: number;
};

type Month = {
  readonly table: string;
  readonly from: number;
  readonly to: number;
  /** When its first call begins: later than `from` where the seed begins within it. */
  readonly begins: number;
  readonly first: number;
  readonly calls: number;
};

/**
 * Fills an empty database with calls of 13 months and 50 tenants, or of fewer, and the rollups that count exactly these. Each
 * call is one of a dozen that the recording verb wrote, at another time, with other durations and tokens; rows stand in the
 * order of time, tenants mixed, as recording leaves them, and so do those of the rollups. As superuser, because it bypasses what protects the record.
 */
export async function seedCalls(
  server: OwnDatabaseServer,
  world: StoreWorld,
  calls: number,
  { days = yearAndMonth, tenants: wanted = tenantCount }: { days?: number; tenants?: number } = {},
): Promise<Seeded> {
  const begin = performance.now();
  const now = Date.now();
  const tenants: StoreTenant[] = [];
  for (let n = 0; n < wanted; n++)
    tenants.push(await world.addTenant(`tenant-${String(n).padStart(2, "0")}`));
  const clients = Array.from(
    { length: writers },
    () => new pg.Client({ connectionString: server.superuserUrl }),
  );
  const [first] = clients;
  if (!first) throw new Error("No client.");
  try {
    for (const client of clients) {
      await client.connect();
      await client.query(
        "SET synchronous_commit = off; SET jit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '256MB'",
      );
    }
    await seedApplications(first, tenants);
    const templates = await recordTemplates(world, tenants[0] as StoreTenant, new Date(now - 3_600_000));
    await keepTemplates(first, templates);
    await first.query(
      "INSERT INTO claim_set SELECT t.id, s.id, s.claims FROM tenant t CROSS JOIN claim_set s ON CONFLICT DO NOTHING",
    );
    await makeSlots(first, tenants);
    const months = monthsOf(now, calls, days);
    await first.query("TRUNCATE rollup_hour, rollup_day");
    await first.query("ALTER TABLE rollup_hour DROP CONSTRAINT rollup_hour_pkey");
    const indexes = await takeMonthsOut(first, months);
    const queue = [...months];
    await Promise.all(
      clients.map(async (client) => {
        for (let month = queue.shift(); month; month = queue.shift()) await fillMonth(client, month, indexes);
      }),
    );
    for (const { table, from, to } of months) {
      await first.query(
        `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
      );
      await first.query(
        `ALTER TABLE call ATTACH PARTITION ${table} FOR VALUES FROM ('${new Date(from).toISOString()}') TO ('${new Date(to).toISOString()}')`,
      );
    }
    await first.query(
      `ALTER TABLE rollup_hour ADD CONSTRAINT rollup_hour_pkey PRIMARY KEY (tenant_id, hour, application_id, provider, region, host,
         model, operation, verdict, band, basis, source, causes, simulated)`,
    );
    await first.query(
      `INSERT INTO rollup_day (${recountColumns("day")}) ${recountDays({ from: "rollup_hour r", where: "true" })} ORDER BY 2`,
    );
    await fillAttempts(first, now);
    await seedResources(first, Math.round(calls / 100));
    await first.query("UPDATE recording_head SET seq = $1", [calls]);
    await first.query("VACUUM (ANALYZE) rollup_hour, rollup_day, resource, application");
    await first.query("ANALYZE call, attempt");
    await first.query("CHECKPOINT");
  } finally {
    for (const client of clients) await client.end();
  }
  return { tenants, calls, seconds: Math.round((performance.now() - begin) / 1_000) };
}

/** UTC months that the span touches; the first and the last hold what falls into it. */
function monthsOf(now: number, calls: number, days: number): Month[] {
  const start = now - days * dayMs;
  const months: Month[] = [];
  let first = 1;
  for (let at = startOfMonth(start); at < now; at = nextMonth(at)) {
    const from = Math.max(at, start);
    const share = (Math.min(nextMonth(at), now) - from) / (days * dayMs);
    const of = Math.round(calls * share);
    const table = `call_${new Date(at).toISOString().slice(0, 7).replace("-", "_")}`;
    months.push({ table, from: at, to: nextMonth(at), begins: from, first, calls: of });
    first += of;
  }
  return months;
}

const startOfMonth = (at: number) => Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth(), 1);
const nextMonth = (at: number) => Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1, 1);

async function keepTemplates(
  client: pg.Client,
  { ids, per1000 }: { ids: string[]; per1000: number[] },
): Promise<void> {
  await client.query(
    `CREATE TABLE bench_template AS SELECT array_position($1::uuid[], c.id) AS k, c.* FROM call c WHERE c.id = ANY($1::uuid[])`,
    [ids],
  );
  await client.query(
    `CREATE TABLE bench_attempt AS SELECT array_position($1::uuid[], a.call_id) AS k, a.* FROM attempt a WHERE a.call_id = ANY($1::uuid[])`,
    [ids],
  );
  const slots = per1000.flatMap((n, i) => Array.from({ length: n }, () => i + 1));
  await client.query(`CREATE TABLE bench_kind AS SELECT $1::int[] AS slots`, [slots]);
  await client.query("ANALYZE bench_template, bench_attempt");
}

/** The largest tenant has a tenth of all calls, the smallest a hundredth. */
async function makeSlots(client: pg.Client, tenants: readonly StoreTenant[]): Promise<void> {
  const weights = tenants.map((_, n) => 1 / (n + 3));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const slots = tenants.flatMap(({ id }, n) =>
    Array.from({ length: Math.max(1, Math.round(((weights[n] ?? 0) / whole) * 1024)) }, () => id),
  );
  await client.query("CREATE TABLE bench_tenant AS SELECT $1::uuid[] AS slots", [slots]);
}

/** The months as tables by themselves, and the indexes they need to be put back. */
async function takeMonthsOut(client: pg.Client, months: readonly Month[]): Promise<string[]> {
  for (const { from, to } of months)
    await client.query("SELECT create_call_months($1, $2)", [new Date(from), new Date(to)]);
  for (const { table } of months) {
    await client.query(`DROP TABLE ${table}`);
    await client.query(`CREATE TABLE ${table} (LIKE call INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
    await client.query(`ALTER TABLE ${table} SET (toast_tuple_target = 8160)`);
  }
  const { rows } = await client.query<{ definition: string }>(
    `SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = 'call'::regclass`,
  );
  return rows.map(({ definition }) => definition);
}

/** In one transaction with the truncation, so that nothing goes through the write-ahead log. */
async function fillMonth(client: pg.Client, month: Month, indexes: readonly string[]): Promise<void> {
  const { table, begins, to, first, calls } = month;
  await client.query(`BEGIN; TRUNCATE ${table}`);
  const own: Readonly<Record<string, string>> = {
    tenant_id: "n.tenant_id",
    started_at: "n.started_at",
    recorded_at: "n.started_at + interval '1 second'",
    ended_at:
      "CASE WHEN t.ended_at IS NOT NULL THEN n.started_at + n.duration_ms * interval '1 millisecond' END",
    id: "n.id",
    seq: "n.i",
    key_id: "NULL::uuid",
    application_id: "app.id",
    input_tokens: "CASE WHEN t.input_tokens IS NOT NULL THEN (20 + (n.h2 >> 8 & 4095))::int END",
    output_tokens: "CASE WHEN t.output_tokens IS NOT NULL THEN (5 + (n.h2 >> 20 & 1023))::int END",
    ttft_ms: "CASE WHEN t.ttft_ms IS NOT NULL THEN (n.duration_ms / 4)::int END",
    provider_object_id: "CASE WHEN t.provider_object_id IS NOT NULL THEN 'chatcmpl-' || n.digest END",
    ledger_index: "n.i",
  };
  const names = await callColumns(client);
  await client.query(
    `INSERT INTO ${table} (${names.join(", ")})
     SELECT ${names.map((name) => own[name] ?? `t.${name}`).join(", ")}
       FROM (SELECT i, h2, digest, tenant_id, k, (200 + 3000 * power((h2 & 65535) / 65536.0, 3))::int AS duration_ms,
                    timestamptz 'epoch' + ms * interval '1 millisecond' AS started_at, h1 >> 40 & 3 AS app,
                    (lpad(to_hex(ms), 12, '0') || '7' || substr(digest, 1, 3) || 'a' || substr(digest, 4, 15))::uuid AS id
               FROM (SELECT i, ${hashes("i")}, md5(i::text) AS digest, ${picks},
                            $3::bigint + (($4::bigint - $3::bigint) * ((i - $1) / ($2::bigint - $1 + 1.0)))::bigint AS ms
                       FROM generate_series($1::bigint, $2::bigint) AS i
                      CROSS JOIN bench_kind kind CROSS JOIN bench_tenant tenant OFFSET 0) made) n
       JOIN bench_template t ON t.k = n.k
       JOIN bench_application app ON app.tenant_id = n.tenant_id AND app.n = n.app`,
    [first, first + calls - 1, begins, Math.min(to, Date.now())],
  );
  for (const definition of indexes)
    await client.query(
      definition
        .replace(
          / INDEX (\S+) ON ONLY public\.call /,
          (_, name: string) => ` INDEX ${table}_${name} ON ${table} `,
        )
        .replace(
          / INDEX (\S+) ON public\.call /,
          (_, name: string) => ` INDEX ${table}_${name} ON ${table} `,
        ),
    );
  await client.query(
    `INSERT INTO rollup_hour (${recountColumns("hour")}) ${recountHours({
      from: `${table} c`,
      where: "true",
      attempts: "(c.call_end <> 'refused')::int",
      bounds: `'{${histogramBounds.join(",")}}'::int[]`,
    })} ORDER BY c.hour`,
  );
  await client.query("COMMIT");
}

const hashes = (of: string) => `hashint8extended(${of}, 1) AS h1, hashint8extended(${of}, 2) AS h2`;
const kindOf = (of: string) =>
  `kind.slots[1 + (hashint8extended(${of}, 1) & 65535) % cardinality(kind.slots)]`;
const picks = `${kindOf("i")} AS k, tenant.slots[1 + (hashint8extended(i, 1) >> 16 & 65535) % cardinality(tenant.slots)] AS tenant_id`;

/** Those of the newest month, each as its template's. */
async function fillAttempts(client: pg.Client, now: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'attempt'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  const own: Readonly<Record<string, string>> = {
    tenant_id: "c.tenant_id",
    started_at: "c.started_at",
    call_id: "c.id",
    dialled_at: "c.started_at",
  };
  const names = rows.map(({ name }) => name);
  await client.query(
    `INSERT INTO attempt (${names.join(", ")}) SELECT ${names.map((name) => own[name] ?? `a.${name}`).join(", ")}
       FROM call c CROSS JOIN bench_kind kind JOIN bench_attempt a ON a.k = ${kindOf("c.seq")}
      WHERE c.started_at >= $1`,
    [new Date(now - attemptDays * dayMs)],
  );
}
