import { querySql, type SqlTransaction } from "./with-tenant.ts";

/** Tables of a tenant with one secret a row. */
export type SealedTable = "provider_credential" | "provider_account" | "alert_secret";

type SealedRow = { readonly id: string; readonly sealed: Buffer };

const pageRows = 200;
/** Of an import a piece may have some MB. */
const pageParts = 10;

/** Read by rotateMasterKey, as the owner: a tenant's rows behind one id. */
export async function sealedRows(
  sql: SqlTransaction,
  table: SealedTable,
  tenantId: string,
  after: string,
): Promise<SealedRow[]> {
  return sql.query<SealedRow>(
    `SELECT id, sealed FROM ${table} WHERE tenant_id = $1 AND id > $2::uuid ORDER BY id LIMIT ${pageRows}`,
    [tenantId, after],
  );
}

/** Read by sealedRows: the same secret, sealed otherwise. A row that was changed meanwhile stays. */
export async function replaceSealed(
  sql: SqlTransaction,
  table: SealedTable,
  tenantId: string,
  { id, sealed }: SealedRow,
  anew: Buffer,
): Promise<void> {
  await sql.query(`UPDATE ${table} SET sealed = $4 WHERE tenant_id = $1 AND id = $2 AND sealed = $3`, [
    tenantId,
    id,
    sealed,
    anew,
  ]);
}

type PartRow = { readonly importId: string; readonly seq: number; readonly sealed: Buffer };

/** Read by rotateMasterKey, as the owner: what of a tenant's imports waits for the worker, behind one piece. */
export async function sealedParts(
  sql: SqlTransaction,
  tenantId: string,
  after: { readonly importId: string; readonly seq: number },
): Promise<PartRow[]> {
  return sql.query<PartRow>(
    `SELECT import_id AS "importId", seq, sealed FROM import_part
      WHERE tenant_id = $1 AND (import_id, seq) > ($2::uuid, $3::int) ORDER BY import_id, seq LIMIT ${pageParts}`,
    [tenantId, after.importId, after.seq],
  );
}

/** Read by sealedParts: the same piece, sealed otherwise. */
export async function replacePart(
  sql: SqlTransaction,
  tenantId: string,
  { importId, seq, sealed }: PartRow,
  anew: Buffer,
): Promise<void> {
  await sql.query(
    "UPDATE import_part SET sealed = $5 WHERE tenant_id = $1 AND import_id = $2 AND seq = $3 AND sealed = $4",
    [tenantId, importId, seq, sealed, anew],
  );
}

/** Read by rotateMasterKey, as the owner: second factors behind one id. */
export async function sealedFactors(after: string): Promise<(SealedRow & { readonly personId: string })[]> {
  return querySql<SealedRow & { personId: string }>(
    `SELECT id, person_id AS "personId", sealed FROM second_factor WHERE id > $1::uuid ORDER BY id LIMIT ${pageRows}`,
    [after],
  );
}

/** Read by sealedFactors: the same secret, sealed otherwise. */
export async function replaceFactor({ id, sealed }: SealedRow, anew: Buffer): Promise<void> {
  await querySql("UPDATE second_factor SET sealed = $3 WHERE id = $1 AND sealed = $2", [id, sealed, anew]);
}
