import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey, type KeyLabel } from "./derive-key.ts";

/** What a sealed secret belongs to: a provider's key, or what alerts to a receiver are signed with. It opens for nothing else. */
export type SealContext =
  | { readonly tenantId: string; readonly credentialId: string }
  | { readonly tenantId: string; readonly alertSecretId: string };

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM. Shape: version byte, nonce, tag, ciphertext. Tenant and owner are bound as additional data. */
export function sealSecret(secret: string, context: SealContext): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(labelOf(context)), nonce);
  cipher.setAAD(additionalData(context));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
}

/** Throws where a byte, the key, the tenant or the owner is another one. */
export function openSecret(sealed: Uint8Array, context: SealContext): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length <= 1 + nonceBytes + tagBytes)
    throw new Error("A stored secret has a form this version does not know.");
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(labelOf(context)), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(tag);
  return Buffer.concat([
    decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)),
    decipher.final(),
  ]).toString("utf8");
}

function labelOf(context: SealContext): KeyLabel {
  return "credentialId" in context ? "credential-encryption" : "alert-secret";
}

function additionalData(context: SealContext): Buffer {
  const { tenantId } = context;
  const owner =
    "credentialId" in context
      ? `credential/${tenantId}/${context.credentialId}`
      : `alert-secret/${tenantId}/${context.alertSecretId}`;
  return Buffer.from(`domicile/${owner}`);
}
