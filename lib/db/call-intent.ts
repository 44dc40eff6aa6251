import type { CallIntent } from "../core/calls/call-record.ts";
import { type BatchColumn, batchInsert, rowsInsert } from "./batch-insert.ts";
import { isSpread } from "./spread.ts";
import { executePrepared, executeSql, type SqlTransaction, withTenantSql } from "./with-tenant.ts";

const columns: readonly BatchColumn<CallIntent>[] = [
  { name: "tenant_id", type: "uuid", value: (intent) => intent.tenantId },
  { name: "boot_id", type: "uuid", value: (intent) => intent.bootId },
  { name: "n", type: "bigint", value: (intent) => intent.n },
  { name: "call_id", type: "uuid", value: (intent) => intent.callId },
  { name: "started_at", type: "timestamptz", value: (intent) => intent.startedAt },
  { name: "key_id", type: "uuid", value: (intent) => intent.keyId },
  { name: "application_id", type: "uuid", value: (intent) => intent.applicationId },
  { name: "credential_id", type: "uuid", value: (intent) => intent.credentialId },
  { name: "source", type: "text", value: (intent) => intent.source },
  { name: "operation", type: "text", value: (intent) => intent.operation },
  { name: "endpoint", type: "text", value: (intent) => intent.endpoint },
  { name: "path", type: "text", value: (intent) => intent.path },
  { name: "model_requested", type: "text", value: (intent) => intent.modelRequested },
  { name: "target", type: "text", value: (intent) => intent.target },
  { name: "host", type: "text", value: (intent) => intent.host },
  { name: "intended_region", type: "text", value: (intent) => intent.intendedRegion },
  { name: "policy_version", type: "integer", value: (intent) => intent.policyVersion },
  { name: "catalog_version", type: "integer", value: (intent) => intent.catalogVersion },
  { name: "relay_country", type: "text", value: (intent) => intent.relayCountry },
  { name: "simulated", type: "boolean", value: (intent) => intent.simulated },
];

/**
 * Read by sweepExpiredBoots: one statement for the intents of one boot, durable when it returns. Answers how many it
 * took: all, or none for a boot that has been fenced, because somebody else may be closing its calls. Where the tables are
 * spread over nodes: one transaction.
 */
export async function insertIntents(bootId: string, intents: readonly CallIntent[]): Promise<number> {
  if (await isSpread())
    return withTenantSql(noTenant, async (sql) => {
      const boots = await sql.query(
        "SELECT id FROM gateway_boot WHERE id = $1 AND fenced_at IS NULL AND ended_at IS NULL",
        [bootId],
      );
      return boots.length === 0 ? 0 : insertSpread(sql, intents);
    });
  const { text, values } = batchInsert("call_intent", columns, intents, ofOpenBoot);
  return executePrepared(text, [...values, bootId]);
}

const ofOpenBoot =
  " WHERE EXISTS (SELECT FROM gateway_boot b WHERE b.id = $next AND b.fenced_at IS NULL AND b.ended_at IS NULL)";

/**
 * Read by sweepExpiredBoots: a boot that lay in a spool, and all its intents, in one statement. Durable when it returns.
 * Where the boot is known, nothing is written: then its intents are there, too.
 */
export async function insertSpooledBoot(
  boot: { readonly id: string; readonly instance: string; readonly leaseMs: number },
  intents: readonly CallIntent[],
): Promise<void> {
  const relayCountry = intents[0]?.relayCountry ?? null;
  const bootRow = (first: number) =>
    `INSERT INTO gateway_boot (id, instance, relay_country, lease_until, spooled)
     VALUES ($${first}, $${first + 1}, $${first + 2}, now() + make_interval(secs => $${first + 3}::double precision / 1000), true)
     ON CONFLICT DO NOTHING RETURNING id`;
  const bootValues = [boot.id, boot.instance, relayCountry, boot.leaseMs];
  if (await isSpread()) {
    await withTenantSql(noTenant, async (sql) => {
      const made = await sql.query(bootRow(1), bootValues);
      if (made.length > 0) await insertSpread(sql, intents);
    });
    return;
  }
  const { text, values } = batchInsert("call_intent", columns, intents);
  await executeSql(
    `WITH boot AS (${bootRow(values.length + 1)})
     ${text} WHERE EXISTS (SELECT FROM boot)`,
    [...values, ...bootValues],
  );
}

/** Intents are inserted before their tenants' rows may be seen. */
const noTenant = { read: [], write: null };

/** A statement takes 65,535 parameters. */
const spreadMax = 2_000;

async function insertSpread(sql: SqlTransaction, intents: readonly CallIntent[]): Promise<number> {
  for (let at = 0; at < intents.length; at += spreadMax) {
    const { text, values } = rowsInsert("call_intent", columns, intents.slice(at, at + spreadMax));
    await sql.query(text, values);
  }
  return intents.length;
}

/** Read by closeBoot: the highest number a boot gave out in a tenant; null: none. */
export async function highestIntent(
  sql: SqlTransaction,
  tenantId: string,
  bootId: string,
): Promise<number | null> {
  const [row] = await sql.query<{ n: number | null }>(
    "SELECT max(n) AS n FROM call_intent WHERE tenant_id = $1 AND boot_id = $2",
    [tenantId, bootId],
  );
  return row?.n ?? null;
}

export type IntentPage = {
  /** Of the page, those that no recorded call answers. */
  readonly open: CallIntent[];
  /** Where the next page begins; null after the last. */
  readonly below: number | null;
};

/** Read by sweepExpiredBoots: a boot's intents in one tenant, the newest first, a page at a time. */
export async function listOpenIntents(
  sql: SqlTransaction,
  tenantId: string,
  bootId: string,
  below: number | null,
  pageSize: number,
): Promise<IntentPage> {
  const [page] = await sql.query<{ first: number | null; intents: number }>(
    `SELECT min(n) AS first, count(*)::int AS intents FROM (
       SELECT n FROM call_intent WHERE tenant_id = $1 AND boot_id = $2 AND ($3::bigint IS NULL OR n < $3)
        ORDER BY n DESC LIMIT $4) page`,
    [tenantId, bootId, below, pageSize],
  );
  if (!page || page.first === null) return { open: [], below: null };
  const rows = await sql.query<Omit<CallIntent, "startedAt"> & { startedAt: Date }>(
    `SELECT i.tenant_id AS "tenantId", i.boot_id AS "bootId", i.n, i.call_id AS "callId", i.started_at AS "startedAt",
            i.key_id AS "keyId", i.application_id AS "applicationId", i.credential_id AS "credentialId", i.source,
            i.operation, i.endpoint, i.path, i.model_requested AS "modelRequested", i.target, i.host,
            i.intended_region AS "intendedRegion", i.policy_version AS "policyVersion",
            i.catalog_version AS "catalogVersion", i.relay_country AS "relayCountry", i.simulated
       FROM call_intent i
      WHERE i.tenant_id = $1 AND i.boot_id = $2 AND i.n >= $3 AND ($4::bigint IS NULL OR i.n < $4)
        AND NOT EXISTS (SELECT FROM call c
                         WHERE c.tenant_id = i.tenant_id AND c.started_at = i.started_at AND c.id = i.call_id)
      ORDER BY i.n`,
    [tenantId, bootId, page.first, below],
  );
  return {
    open: rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })),
    below: page.intents < pageSize ? null : page.first,
  };
}
