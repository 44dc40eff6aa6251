import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type ErasedRow = { readonly epoch: number; readonly index: number; readonly field: string };

/**
 * Read by checkRows: openings of [from, to) that were erased, by an erasure whose entry stands behind them and has its bytes: the
 * check of its log compares the list with it. Any other row may have been inserted to hide what was deleted.
 */
export async function erasedOpeningsOf(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  from: number,
  to: number,
): Promise<ErasedRow[]> {
  return sql.query<ErasedRow>(
    `SELECT o.epoch, o.index::float8 AS index, o.field FROM erased_opening o
       JOIN privacy_erasure p ON p.tenant_id = o.tenant_id AND p.id = o.erasure_id
       JOIN ledger_body b ON b.tenant_id = p.tenant_id AND b.epoch = p.entry_epoch AND b.index = p.entry_index
      WHERE o.tenant_id = $1::uuid AND o.epoch = $2::int AND o.index >= $3::bigint AND o.index < $4::bigint
        AND (p.entry_epoch, p.entry_index) > (o.epoch, o.index)`,
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
