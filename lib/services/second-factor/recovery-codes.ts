import { createHmac } from "node:crypto";
import { generatePassword } from "../people/generate-password.ts";
import { deriveKey } from "../secrets/derive-key.ts";

const count = 10;

/** Of 100 bits each, to be written down. */
export function generateRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => generatePassword());
}

/** What is kept of one: nothing that would let a reader of the database sign in. As typed, with or without its hyphens. */
export function hashRecoveryCode(code: string): Buffer {
  const letters = code.toLowerCase().replace(/[\s-]/g, "");
  return createHmac("sha256", deriveKey("recovery-code")).update(letters).digest();
}
