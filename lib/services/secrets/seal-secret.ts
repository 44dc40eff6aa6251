import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey, type KeyLabel } from "./derive-key.ts";

/**
 * What a sealed secret belongs to: a provider's key, the admin key of an organization there, what alerts to a receiver are signed with, or a second factor. It opens
 * for nothing else.
 */
export type SealContext =
  | { readonly tenantId: string; readonly credentialId: string }
  | { readonly tenantId: string; readonly accountId: string }
  | { readonly tenantId: string; readonly alertSecretId: string }
  | { readonly personId: string; readonly factorId: string };

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM. Shape: version byte, nonce, tag, ciphertext. What it belongs to is bound as additional data. */
export function sealSecret(secret: string, context: SealContext): Buffer {
  const nonce = randomBytes(nonceBytes);
  const { label } = ownerOf(context);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(label), nonce);
  cipher.setAAD(additionalData(context));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
}

/** Throws where a byte, the key or what it belongs to is another one. */
export function openSecret(sealed: Uint8Array, context: SealContext): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length <= 1 + nonceBytes + tagBytes)
    throw new Error("A stored secret has a form this version does not know.");
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  const { label } = ownerOf(context);
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(label), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(tag);
  return Buffer.concat([
    decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)),
    decipher.final(),
  ]).toString("utf8");
}

/** Under which key it is sealed, and what it is bound to. */
function ownerOf(context: SealContext): { readonly label: KeyLabel; readonly name: string } {
  if ("factorId" in context)
    return { label: "second-factor", name: `second-factor/${context.personId}/${context.factorId}` };
  if ("alertSecretId" in context)
    return { label: "alert-secret", name: `alert-secret/${context.tenantId}/${context.alertSecretId}` };
  if ("accountId" in context)
    return { label: "credential-encryption", name: `account/${context.tenantId}/${context.accountId}` };
  return { label: "credential-encryption", name: `credential/${context.tenantId}/${context.credentialId}` };
}

function additionalData(context: SealContext): Buffer {
  return Buffer.from(`domicile/${ownerOf(context).name}`);
}
