import { besideHead } from "./batch-insert.ts";
import { binaryArray } from "./binary-array.ts";
import { visibleHead } from "./recording-head.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type IntakeKeyRow = {
  readonly clientId: string;
  /** 33 bytes; of a row from before digests were keyed, a SHA-256. */
  readonly digest: Uint8Array;
  /** null: it speaks of a call of the gateway's. */
  readonly callId: string | null;
};

/**
 * Read by acceptCalls: takes the ids that are free. Answers the rows of those that were taken before, under which nothing
 * is recorded now. Each id once, each with a call of its own; under the tenant's lock.
 */
export async function takeIntakeKeys(
  sql: SqlTransaction,
  tenantId: string,
  rows: readonly IntakeKeyRow[],
): Promise<IntakeKeyRow[]> {
  const ids = binaryArray(
    "text",
    rows.map(({ clientId }) => clientId),
  );
  const calls = binaryArray(
    "uuid",
    rows.map(({ callId }) => callId),
  );
  const head = await visibleHead(sql, tenantId);
  const [taken] = await sql.query<{ n: number }>(
    `WITH taken AS (
       INSERT INTO intake_key (tenant_id, client_id, digest, call_id)
       SELECT head.tenant_id, client_id, substring($4::bytea FROM place::int * 33 - 32 FOR 33), call_id
         FROM ${besideHead(head, "unnest($2::text[], $3::uuid[]) WITH ORDINALITY AS given (client_id, call_id, place)")}
        WHERE head.tenant_id = $1::uuid
           ON CONFLICT (tenant_id, client_id) DO NOTHING RETURNING 1)
     SELECT count(*)::int AS n FROM taken`,
    [tenantId, ids, calls, Buffer.concat(rows.map(({ digest }) => digest))],
    "prepared",
  );
  if (taken?.n === rows.length) return [];
  const mine = new Map(rows.map(({ clientId, callId }) => [clientId, callId]));
  const found = await findIntakeKeys(sql, tenantId, [...mine.keys()]);
  return found.filter(({ clientId, callId }) => callId === null || callId !== mine.get(clientId));
}

/** Read by acceptCalls: which of these ids are taken, and by what. */
export async function findIntakeKeys(
  sql: SqlTransaction,
  tenantId: string,
  clientIds: readonly string[],
): Promise<IntakeKeyRow[]> {
  return sql.query<IntakeKeyRow>(
    `SELECT client_id AS "clientId", digest, call_id AS "callId" FROM intake_key
      WHERE tenant_id = $1 AND client_id = ANY($2::text[])`,
    [tenantId, clientIds],
  );
}

/** Read by keyReportDigests: ids whose digest is a plain hash, so many of them. Its own index holds no others. */
export async function plainIntakeKeys(
  sql: SqlTransaction,
  tenantId: string,
  limit: number,
): Promise<Pick<IntakeKeyRow, "clientId" | "digest">[]> {
  return sql.query<Pick<IntakeKeyRow, "clientId" | "digest">>(
    `SELECT client_id AS "clientId", digest FROM intake_key
      WHERE tenant_id = $1 AND octet_length(digest) = 32 ORDER BY client_id LIMIT $2`,
    [tenantId, limit],
  );
}

/** Read by acceptCalls: gives these ids their keyed digests in place of the plain ones. */
export async function keyIntakeDigests(
  sql: SqlTransaction,
  tenantId: string,
  rows: readonly Pick<IntakeKeyRow, "clientId" | "digest">[],
): Promise<void> {
  await sql.query(
    `UPDATE intake_key k SET digest = given.digest
       FROM (SELECT client_id, substring($3::bytea FROM place::int * 33 - 32 FOR 33) AS digest
               FROM unnest($2::text[]) WITH ORDINALITY AS ids (client_id, place)) given
      WHERE k.tenant_id = $1 AND k.client_id = given.client_id AND octet_length(k.digest) = 32`,
    [tenantId, rows.map(({ clientId }) => clientId), Buffer.concat(rows.map(({ digest }) => digest))],
  );
}
