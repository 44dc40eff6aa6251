import type { SqlTransaction } from "./with-tenant.ts";

/** Read by appendEntries: the roots of the whole tiles of a level from one on, end to end. */
export async function readTileRoots(
  sql: SqlTransaction,
  tiles: {
    readonly tenantId: string;
    readonly epoch: number;
    readonly level: number;
    readonly from: number;
  },
): Promise<Uint8Array> {
  const [row] = await sql.query<{ roots: Uint8Array }>(
    `SELECT coalesce(string_agg(root, ''::bytea ORDER BY n), ''::bytea) AS roots FROM ledger_tile
      WHERE tenant_id = $1::uuid AND epoch = $2::int AND level = $3::int AND n >= $4::bigint`,
    [tiles.tenantId, tiles.epoch, tiles.level, tiles.from],
  );
  return row?.roots ?? new Uint8Array();
}
