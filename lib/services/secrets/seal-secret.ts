import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "./derive-key.ts";

/** What a sealed secret belongs to, a provider key or a second factor. It opens for nothing else. */
export type SealContext =
  | { readonly tenantId: string; readonly credentialId: string }
  | { readonly personId: string; readonly factorId: string };

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM. Shape: version byte, nonce, tag, ciphertext. What it belongs to is bound as additional data. */
export function sealSecret(secret: string, context: SealContext): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(context), nonce);
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
  const decipher = createDecipheriv("aes-256-gcm", keyOf(context), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(tag);
  return Buffer.concat([
    decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)),
    decipher.final(),
  ]).toString("utf8");
}

function keyOf(context: SealContext): Buffer {
  return deriveKey("factorId" in context ? "second-factor" : "credential-encryption");
}

function additionalData(context: SealContext): Buffer {
  return Buffer.from(
    "factorId" in context
      ? `domicile/second-factor/${context.personId}/${context.factorId}`
      : `domicile/credential/${context.tenantId}/${context.credentialId}`,
  );
}
