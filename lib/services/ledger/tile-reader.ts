import { type TileAddress, tilePath } from "../../core/ledger/tiles.ts";
import { type LedgerEpochKey, readTiles } from "../../db/ledger-proof.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";

/** The store lacks something that a proof needs: it was taken out of it. What is missing is named. */
export class LedgerDamaged extends Error {
  override readonly name = "LedgerDamaged";
}

/** Fetches the tiles that a proof needs at once, and hands them out one by one. */
export async function tileReader(
  sql: SqlTransaction,
  log: LedgerEpochKey,
  addresses: readonly TileAddress[],
): Promise<(address: TileAddress) => Uint8Array> {
  const tiles = await readTiles(
    sql,
    log,
    addresses.map(({ level, n, width }) => ({ level, n: Number(n), width })),
  );
  const byPath = new Map(addresses.map((address, i) => [tilePath(address), tiles[i] ?? null]));
  return (address) => {
    const hashes = byPath.get(tilePath(address));
    if (!hashes)
      throw new LedgerDamaged(`Epoch ${log.epoch} of this log lacks hashes of ${tilePath(address)}.`);
    return hashes;
  };
}
