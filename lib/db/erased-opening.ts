import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type ErasedRow = { readonly epoch: number; readonly index: number; readonly field: string };

/** Read by checkRows: openings of [from, to) that were erased. */
export async function erasedOpeningsOf(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  from: number,
  to: number,
): Promise<ErasedRow[]> {
  return sql.query<ErasedRow>(
    `SELECT epoch, index::float8 AS index, field FROM erased_opening
      WHERE tenant_id = $1::uuid AND epoch = $2::int AND index >= $3::bigint AND index < $4::bigint`,
    [tenantId, epoch, from, to],
  );
}

/** Read by checkRows: the erasures that entries of a log speak of. */
export async function listErasures(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
): Promise<{ readonly id: string; readonly entryIndex: number; readonly listSha256: string }[]> {
  return sql.query(
    `SELECT id, entry_index::float8 AS "entryIndex", list_sha256 AS "listSha256" FROM privacy_erasure
      WHERE tenant_id = $1::uuid AND entry_epoch = $2::int ORDER BY entry_index`,
    [tenantId, epoch],
  );
}

/** Read by checkRows: what went with an erasure. */
export async function openingsOfErasure(
  sql: SqlTransaction,
  tenantId: string,
  erasureId: string,
): Promise<ErasedRow[]> {
  return sql.query<ErasedRow>(
    `SELECT epoch, index::float8 AS index, field FROM erased_opening
      WHERE tenant_id = $1::uuid AND erasure_id = $2::uuid ORDER BY epoch, index, field`,
    [tenantId, erasureId],
  );
}
