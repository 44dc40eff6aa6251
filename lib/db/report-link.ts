import type { SqlTransaction } from "./with-tenant.ts";

export type ReportLinkRow = {
  readonly tenantId: string;
  readonly tokenHash: Buffer;
  readonly reportId: string;
  readonly file: string | null;
  readonly personId: string;
  readonly sessionId: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
};

/** Read by takeReport. */
export async function insertLink(sql: SqlTransaction, link: ReportLinkRow): Promise<void> {
  await sql.query(
    `INSERT INTO report_link (tenant_id, token_hash, report_id, file, person_id, session_id, made_at, expires_at)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5::uuid, $6::uuid, $7, $8)`,
    [
      link.tenantId,
      link.tokenHash,
      link.reportId,
      link.file,
      link.personId,
      link.sessionId,
      link.madeAt,
      link.expiresAt,
    ],
  );
}

/** Read by takeReport: whose tenant a link belongs to, of those that its holder may read. */
export async function findLink(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  tokenHash: Buffer,
): Promise<{ tenantId: string } | null> {
  const [row] = await sql.query<{ tenantId: string }>(
    `SELECT tenant_id AS "tenantId" FROM report_link WHERE tenant_id = ANY($1::uuid[]) AND token_hash = $2`,
    [tenantIds, tokenHash],
  );
  return row ?? null;
}

/** Read by takeReport: uses a link up; null where it was used, is over, or is somebody else's. */
export async function spendLink(
  sql: SqlTransaction,
  wanted: Pick<ReportLinkRow, "tenantId" | "tokenHash" | "personId" | "sessionId">,
  at: Date,
): Promise<{ reportId: string; file: string | null } | null> {
  const [row] = await sql.query<{ reportId: string; file: string | null }>(
    `UPDATE report_link SET used_at = $5
      WHERE tenant_id = $1::uuid AND token_hash = $2 AND person_id = $3::uuid AND session_id = $4::uuid AND used_at IS NULL
        AND expires_at > $5 RETURNING report_id AS "reportId", file`,
    [wanted.tenantId, wanted.tokenHash, wanted.personId, wanted.sessionId, at],
  );
  return row ?? null;
}
