import { inclusionProof } from "../../core/ledger/proof.ts";
import { inclusionTiles } from "../../core/ledger/tiles.ts";
import { formatTlogProof } from "../../core/ledger/tlog-proof.ts";
import { type LedgerEpochKey, newestCheckpoint } from "../../db/ledger-proof.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { readEntryBytes } from "./read-entry-bytes.ts";
import { tileReader } from "./tile-reader.ts";

/** `pending`: appended, and no checkpoint covers it yet. `expired`: its bytes are gone, so the proof holds none. */
export type EntryProof =
  | {
      readonly state: "proven" | "expired";
      /** A C2SP tlog-proof, with the entry's bytes in it. */
      readonly text: string;
      readonly size: number;
      readonly signedAt: Date;
    }
  | { readonly state: "pending" };

/**
 * Proves one entry against the newest checkpoint of its epoch. The caller has checked who asks. Throws LedgerDamaged where
 * the store lacks what a proof needs; what is there is not believed here but by whoever verifies the proof.
 */
export async function proveEntry(tenantId: string, epoch: number, index: number): Promise<EntryProof> {
  return readTenantsSql([tenantId], (sql) => proveOne(sql, { tenantId, epoch }, index));
}

async function proveOne(sql: SqlTransaction, log: LedgerEpochKey, index: number): Promise<EntryProof> {
  const checkpoint = await newestCheckpoint(sql, log);
  if (!checkpoint || checkpoint.size <= index) return { state: "pending" };
  const { size, signedAt, note } = checkpoint;
  const [at, total] = [BigInt(index), BigInt(size)];
  const readTile = await tileReader(sql, log, inclusionTiles(at, total));
  const hashes = inclusionProof(nodeCrypto, at, total, readTile);
  const bytes = await readEntryBytes(sql, log, index);
  const text = formatTlogProof({ ...(bytes && { extra: bytes }), index: at, hashes, checkpointNote: note });
  return { state: bytes ? "proven" : "expired", text, size, signedAt };
}
