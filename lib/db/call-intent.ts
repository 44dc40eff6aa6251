import type { CallIntent } from "../core/calls/call-record.ts";
import { type BatchColumn, batchInsert } from "./batch-insert.ts";
import { executeSql, type SqlTransaction } from "./with-tenant.ts";

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
 * took: all, or none for a boot that has been fenced, because somebody else may be closing its calls.
 */
export async function insertIntents(bootId: string, intents: readonly CallIntent[]): Promise<number> {
  const { text, values } = batchInsert("call_intent", columns, intents);
  return executeSql(
    `${text} WHERE EXISTS (SELECT FROM gateway_boot b
                           WHERE b.id = $${values.length + 1} AND b.fenced_at IS NULL AND b.ended_at IS NULL)`,
    [...values, bootId],
  );
}

/** Read by sweepExpiredBoots: intents of a boot, in one tenant, that no recorded call answers. */
export async function listOpenIntents(
  sql: SqlTransaction,
  tenantId: string,
  bootId: string,
  limit: number,
): Promise<CallIntent[]> {
  const rows = await sql.query<Omit<CallIntent, "startedAt"> & { startedAt: Date }>(
    `SELECT i.tenant_id AS "tenantId", i.boot_id AS "bootId", i.n, i.call_id AS "callId", i.started_at AS "startedAt",
            i.key_id AS "keyId", i.application_id AS "applicationId", i.credential_id AS "credentialId", i.source,
            i.operation, i.endpoint, i.path, i.model_requested AS "modelRequested", i.target, i.host,
            i.intended_region AS "intendedRegion", i.policy_version AS "policyVersion",
            i.catalog_version AS "catalogVersion", i.relay_country AS "relayCountry", i.simulated
       FROM call_intent i
      WHERE i.tenant_id = $1 AND i.boot_id = $2
        AND NOT EXISTS (SELECT FROM call c
                         WHERE c.tenant_id = i.tenant_id AND c.started_at = i.started_at AND c.id = i.call_id)
      ORDER BY i.n LIMIT $3`,
    [tenantId, bootId, limit],
  );
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
}
