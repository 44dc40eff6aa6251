import type { SqlTransaction } from "./with-tenant.ts";

/** Every piece of a pack but the last has this size, so that a place in the pack names its piece. */
export const chunkBytes = 1_048_576;

/** Read by the download. */
export async function insertChunk(
  sql: SqlTransaction,
  chunk: {
    readonly tenantId: string;
    readonly reportId: string;
    readonly n: number;
    readonly bytes: Uint8Array;
  },
): Promise<void> {
  await sql.query("INSERT INTO report_chunk (tenant_id, report_id, n, bytes) VALUES ($1, $2, $3, $4)", [
    chunk.tenantId,
    chunk.reportId,
    chunk.n,
    chunk.bytes,
  ]);
}

/** Read by the download: one piece; null where there is none. */
export async function findChunk(
  sql: SqlTransaction,
  tenantId: string,
  reportId: string,
  n: number,
): Promise<Buffer | null> {
  const [row] = await sql.query<{ bytes: Buffer }>(
    "SELECT bytes FROM report_chunk WHERE tenant_id = $1 AND report_id = $2 AND n = $3",
    [tenantId, reportId, n],
  );
  return row?.bytes ?? null;
}

/** Read by the download: pieces of a pack that was cut short, or whose time is over, are gone. */
export async function deleteChunks(sql: SqlTransaction, tenantId: string, reportId: string): Promise<void> {
  await sql.query("DELETE FROM report_chunk WHERE tenant_id = $1::uuid AND report_id = $2::uuid", [
    tenantId,
    reportId,
  ]);
}
