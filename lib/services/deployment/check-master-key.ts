import { createHmac } from "node:crypto";
import { claimFingerprint } from "../../db/deployment.ts";
import { deriveKey } from "../secrets/derive-key.ts";

/** This process holds another master key than the database was begun with. It must not start. */
export class MasterKeyMismatch extends Error {
  override readonly name = "MasterKeyMismatch";
}

/**
 * Call at the start of every process. The first process ever leaves the fingerprint of its key; every later one must
 * hold the same.
 */
export async function checkMasterKey(): Promise<void> {
  const own = createHmac("sha256", deriveKey("fingerprint")).update("domicile").digest("hex").slice(0, 32);
  if ((await claimFingerprint(own)) !== own)
    throw new MasterKeyMismatch("DOMICILE_MASTER_KEY is not the key this database was begun with.");
}
