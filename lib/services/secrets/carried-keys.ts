import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type CarriedKeys, carriedText, derived, readCarried } from "./derive-key.ts";

const nonceBytes = 12;
const tagBytes = 16;
const bound = Buffer.from("domicile/carried-keys");

/** As the deployment keeps them: AES-256-GCM under a key of this master key. Nonce, tag, sealed text. */
export function sealCarried(keys: CarriedKeys, master: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", derived(master, "carried-keys"), nonce);
  cipher.setAAD(bound);
  const sealed = Buffer.concat([cipher.update(carriedText(keys), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws where a byte or the master key is another one. */
export function openCarried(bytes: Uint8Array, master: Buffer): CarriedKeys {
  const key = derived(master, "carried-keys");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const plain = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
  return readCarried(Buffer.concat(plain).toString("utf8"));
}
