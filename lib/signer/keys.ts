import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { DurableFiles } from "./durable-files.ts";

/** One Ed25519 key of the signer. The private half stands in a file of its own and nowhere else. */
export type KeyRecord = {
  readonly id: string;
  /** `log` signs checkpoints; `clock` adds the time to them. */
  readonly role: "log" | "clock";
  readonly publicKey: string;
  readonly createdAt: string;
  /** Null while the private half exists. */
  readonly destroyedAt: string | null;
};

const fileOf = (id: string): string => `keys/${id}.pem`;

/** Makes a key; its private half is durable before anybody hears of it. */
export function makeKey(files: DurableFiles, role: KeyRecord["role"], at: Date): KeyRecord {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = rawPublicKey(publicKey);
  const id = `${role}-${raw.toString("hex").slice(0, 16)}`;
  files.write(fileOf(id), privateKey.export({ type: "pkcs8", format: "pem" }) as string);
  return { id, role, publicKey: raw.toString("base64"), createdAt: at.toISOString(), destroyedAt: null };
}

/** trust: the private half never leaves this function; what it answers can only sign. */
export function openKey(files: DurableFiles, key: KeyRecord): (message: Uint8Array) => Uint8Array {
  const pem = files.read(fileOf(key.id));
  if (pem === null)
    throw new Error(
      `The private half of the key ${key.id} is not in the signer's folder. Bring it back from a backup.`,
    );
  const privateKey = createPrivateKey(pem);
  if (rawPublicKey(createPublicKey(privateKey)).toString("base64") !== key.publicKey)
    throw new Error(`The file of the key ${key.id} holds another key.`);
  return (message) => sign(null, message, privateKey);
}

export const publicKeyOf = (key: KeyRecord): Uint8Array => Buffer.from(key.publicKey, "base64");

/** The private half is overwritten and removed. What a file system or a backup kept of it is beyond us. */
export function destroyKey(files: DurableFiles, key: KeyRecord): void {
  if (files.read(fileOf(key.id)) !== null) files.write(fileOf(key.id), "destroyed\n");
  files.remove(fileOf(key.id));
}

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from((key.export({ format: "jwk" }) as { x: string }).x, "base64url");
}
