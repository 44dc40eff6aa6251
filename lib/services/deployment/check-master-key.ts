import { createHmac } from "node:crypto";
import { claimFingerprint, type KeyState } from "../../db/deployment.ts";
import { masterKey, previousMasterKey, setCarriedKeysText } from "../../env/master-key.ts";
import { openCarried } from "../secrets/carried-keys.ts";
import { type CarriedKeys, carriedLabels, carriedText, derived } from "../secrets/derive-key.ts";

/** This process does not hold the master key that the database stands on. It must not start. */
export class MasterKeyMismatch extends Error {
  override readonly name = "MasterKeyMismatch";
}

/** Which master key the deployment stands on, seen from the keys this process holds. */
export type MasterKeyState = KeyState & {
  /** `previous`: it holds another one already, and the deployment was not moved to it. */
  readonly standsOn: "current" | "previous";
  /** What digests are made with; none: derived from the master key of now. */
  readonly carried: CarriedKeys;
};

/**
 * Call at the start of every process. The first process ever leaves the fingerprint of its key; every later one must hold the
 * same, or beside it the one of before, while it changes. From then on the process derives what is carried as the deployment has it.
 */
export async function checkMasterKey(): Promise<void> {
  const { carried } = await readMasterKeyState();
  setCarriedKeysText(carriedText(carried));
}

/** Refuses where the deployment stands on neither of the keys. */
export async function readMasterKeyState(): Promise<MasterKeyState> {
  const [own, previous] = [masterKey(), previousMasterKey()];
  // Whoever comes first in a new database begins with the key of now.
  const state = await claimFingerprint(fingerprintOf(own));
  if (state.fingerprint === fingerprintOf(own))
    return { ...state, standsOn: "current", carried: carriedOf(state, own) ?? new Map() };
  if (previous !== null && state.fingerprint === fingerprintOf(previous))
    return { ...state, standsOn: "previous", carried: carriedOf(state, previous) ?? allFrom(previous) };
  throw new MasterKeyMismatch(
    previous === null
      ? "DOMICILE_MASTER_KEY is not the key this database stands on."
      : "Neither DOMICILE_MASTER_KEY nor DOMICILE_MASTER_KEY_PREVIOUS is the key this database stands on.",
  );
}

/** Tells one master key from another and gives away neither. */
export function fingerprintOf(master: Buffer): string {
  return createHmac("sha256", derived(master, "fingerprint")).update("domicile").digest("hex").slice(0, 32);
}

function carriedOf({ carriedKeys }: KeyState, master: Buffer): CarriedKeys | null {
  return carriedKeys === null ? null : openCarried(carriedKeys, master);
}

function allFrom(master: Buffer): CarriedKeys {
  return new Map(carriedLabels.map((label) => [label, derived(master, label)]));
}
