import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "./derive-key.ts";

/** What a sealed secret belongs to. It opens for nothing else. */
export type SealContext = { readonly tenantId: string; readonly credentialId: string };

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM. Shape: version byte, nonce, tag, ciphertext. Tenant and credential are bound as additional data. */
export function sealSecret(secret: string, context: SealContext): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", deriveKey("credential-encryption"), nonce);
  cipher.setAAD(additionalData(context));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
}

/** Throws where a byte, the key, the tenant or the credential is another one. */
export function openSecret(sealed: Uint8Array, context: SealContext): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length <= 1 + nonceBytes + tagBytes)
    throw new Error("A stored credential has a form this version does not know.");
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", deriveKey("credential-encryption"), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(tag);
  return Buffer.concat([
    decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)),
    decipher.final(),
  ]).toString("utf8");
}

function additionalData({ tenantId, credentialId }: SealContext): Buffer {
  return Buffer.from(`domicile/credential/${tenantId}/${credentialId}`);
}
