import { findEntryBytes, type LedgerEpochKey } from "../../db/ledger-proof.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { LedgerDamaged } from "./tile-reader.ts";

/** The bytes that were hashed; null where they expired. Throws LedgerDamaged where they are there and cannot be read. */
export async function readEntryBytes(
  sql: SqlTransaction,
  log: LedgerEpochKey,
  index: number,
): Promise<Uint8Array | null> {
  const bytes = await findEntryBytes(sql, log, index);
  if (bytes?.length === 0)
    throw new LedgerDamaged(`The bytes of entry ${index} of epoch ${log.epoch} of this log cannot be read.`);
  return bytes;
}
