import { cosignatureType, cosigner } from "../core/ledger/cosignature.ts";
import {
  ed25519Type,
  formatVerifierKey,
  type NoteSigner,
  parseVerifierKey,
  type VerifierKey,
} from "../core/ledger/note.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import { type KeyRecord, openKey, publicKeyOf } from "./keys.ts";
import type { Signer } from "./signer.ts";

/** The name a key signs under: the log key as the log itself, the clock key as this signer. */
const nameOn = (key: KeyRecord, origin: string, deployment: string): string =>
  key.role === "log" ? origin : `${deployment}.signer.domicile.ledger`;

/** A key as verifiers name it. */
export function vkeyOf(key: KeyRecord, origin: string, deployment: string): string {
  const type = key.role === "log" ? ed25519Type : cosignatureType;
  return formatVerifierKey(nodeCrypto, nameOn(key, origin, deployment), type, publicKeyOf(key));
}

export function verifierKeyOf(signer: Signer, key: KeyRecord, origin: string): VerifierKey {
  return parseVerifierKey(nodeCrypto, vkeyOf(key, origin, signer.self.deployment));
}

/** A key as it signs one checkpoint of a log; the clock key adds this time. */
export function noteSigner(signer: Signer, key: KeyRecord, origin: string, at: Date): NoteSigner {
  const name = nameOn(key, origin, signer.self.deployment);
  const publicKey = publicKeyOf(key);
  const sign = openKey(signer.files, key);
  if (key.role === "log") return { name, type: ed25519Type, publicKey, sign };
  return cosigner({ name, publicKey, time: BigInt(Math.floor(at.getTime() / 1_000)), sign });
}
