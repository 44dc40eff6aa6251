import { formatConsistencyFile } from "../../core/ledger/consistency-file.ts";
import { consistencyProof } from "../../core/ledger/proof.ts";
import { consistencyTiles } from "../../core/ledger/tiles.ts";
import { checkpointOf } from "../../db/ledger-proof.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { tileReader } from "./tile-reader.ts";

/**
 * Proves that a log of one size is the beginning of the same log at a later checkpoint: nothing removed, reordered or put
 * in between. null: no checkpoint has the later size. The caller has checked who asks. Throws LedgerDamaged where the store
 * lacks what a proof needs.
 */
export async function proveConsistency(
  tenantId: string,
  epoch: number,
  oldSize: number,
  newSize: number,
): Promise<string | null> {
  return readTenantsSql([tenantId], async (sql) => {
    const log = { tenantId, epoch };
    const checkpoint = await checkpointOf(sql, log, newSize);
    if (!checkpoint) return null;
    const [from, to] = [BigInt(oldSize), BigInt(newSize)];
    const readTile = await tileReader(sql, log, consistencyTiles(from, to));
    const hashes = consistencyProof(nodeCrypto, from, to, readTile);
    return formatConsistencyFile({ oldSize: from, hashes, checkpointNote: checkpoint.note });
  });
}
