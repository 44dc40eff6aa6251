import type { SignerStatement } from "./signer-output.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** Read by relayStatements: what was said of these logs and stands in none of them yet, oldest first. */
export async function unrelayedStatements(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  limit: number,
): Promise<SignerStatement[]> {
  return sql.query<SignerStatement>(
    `SELECT s.tenant_id AS "tenantId", s.at, s.id, s.epoch, s.kind, s.at_index AS "atIndex", s.sentence, s.detail
       FROM signer_statement s
      WHERE s.tenant_id = ANY($1::uuid[])
        AND NOT EXISTS (SELECT FROM signer_statement_entry e WHERE e.tenant_id = s.tenant_id AND e.statement_id = s.id)
      ORDER BY s.at, s.id LIMIT $2`,
    [tenantIds, limit],
  );
}

/** Read by relayStatements, under the log's lock. */
export async function isRelayed(
  sql: SqlTransaction,
  tenantId: string,
  statementId: string,
): Promise<boolean> {
  const rows = await sql.query(
    "SELECT 1 FROM signer_statement_entry WHERE tenant_id = $1 AND statement_id = $2",
    [tenantId, statementId],
  );
  return rows.length > 0;
}

/** Read by unrelayedStatements: where a statement stands in its log. */
export async function markRelayed(
  sql: SqlTransaction,
  row: { tenantId: string; statementId: string; epoch: number; index: number },
): Promise<void> {
  await sql.query(
    "INSERT INTO signer_statement_entry (tenant_id, statement_id, epoch, index) VALUES ($1, $2, $3, $4)",
    [row.tenantId, row.statementId, row.epoch, row.index],
  );
}
