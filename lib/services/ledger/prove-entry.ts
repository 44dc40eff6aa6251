import type { EpochSeal } from "../../contracts/ledger.ts";
import { inclusionProof } from "../../core/ledger/proof.ts";
import { inclusionTiles } from "../../core/ledger/tiles.ts";
import { formatTlogProof } from "../../core/ledger/tlog-proof.ts";
import { standingStatements } from "../../db/ledger-page.ts";
import {
  checkpointOf,
  type LedgerEpochKey,
  newestCheckpoint,
  type SignedSize,
} from "../../db/ledger-proof.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { epochStanding } from "./epoch-standing.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { readEntryBytes } from "./read-entry-bytes.ts";
import { LedgerDamaged, tileReader } from "./tile-reader.ts";

/**
 * `pending`: appended, and no checkpoint covers it yet; none will while the log is frozen. `beyond_seal`: its epoch was
 * sealed before it, and no checkpoint that counts ever will. `expired`: its bytes are gone, so the proof holds none.
 */
export type EntryProof =
  | {
      readonly state: "proven" | "expired";
      /** A C2SP tlog-proof, with the entry's bytes in it. */
      readonly text: string;
      readonly size: number;
      readonly signedAt: Date;
      /** Where its epoch was sealed; null: it was not. */
      readonly sealed: EpochSeal | null;
    }
  | { readonly state: "pending"; readonly isFrozen: boolean }
  | { readonly state: "beyond_seal"; readonly sealed: EpochSeal };

/**
 * Proves one entry against the newest checkpoint of its epoch that counts: of a sealed one the head it was sealed at. The caller has checked who asks. Throws LedgerDamaged where
 * the store lacks what a proof needs; what is there is not believed here but by whoever verifies the proof.
 */
export async function proveEntry(tenantId: string, epoch: number, index: number): Promise<EntryProof> {
  return readTenantsSql([tenantId], (sql) => proveOne(sql, { tenantId, epoch }, index));
}

async function proveOne(sql: SqlTransaction, log: LedgerEpochKey, index: number): Promise<EntryProof> {
  const { sealed, frozen } = epochStanding(await standingStatements(sql, [log.tenantId]), log.epoch);
  if (sealed && index >= sealed.size) return { state: "beyond_seal", sealed };
  const checkpoint = sealed
    ? await sealedCheckpoint(sql, log, sealed)
    : await newestCheckpoint(sql, log, null);
  // Of a log whose keys are lost no other head counts.
  const sizeMin = sealed?.keysLost ? sealed.size : index + 1;
  if (!checkpoint || checkpoint.size < sizeMin) {
    if (!sealed) return { state: "pending", isFrozen: frozen !== null };
    throw new LedgerDamaged(`Epoch ${log.epoch} of this log lacks the checkpoint it was sealed at.`);
  }
  const { size, signedAt, note } = checkpoint;
  const [at, total] = [BigInt(index), BigInt(size)];
  const readTile = await tileReader(sql, log, inclusionTiles(at, total));
  const hashes = inclusionProof(nodeCrypto, at, total, readTile);
  const bytes = await readEntryBytes(sql, log, index);
  const text = formatTlogProof({ ...(bytes && { extra: bytes }), index: at, hashes, checkpointNote: note });
  return { state: bytes ? "proven" : "expired", text, size, signedAt, sealed };
}

/** Of a size that was signed again and again the first one: it was signed before anybody held its keys. */
async function sealedCheckpoint(
  sql: SqlTransaction,
  log: LedgerEpochKey,
  sealed: EpochSeal,
): Promise<SignedSize | null> {
  const newest = await newestCheckpoint(sql, log, sealed.size);
  return newest && checkpointOf(sql, log, newest.size);
}
