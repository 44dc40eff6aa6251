import { codeAt, stepAt } from "../services/second-factor/totp.ts";

/** What an authenticator app would show: of a secret in base32, so many steps of thirty seconds from now. */
export function authenticatorCode(secret: string, stepsAhead = 0): string {
  const bits = [...secret.replace(/\s/g, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return codeAt(bytes, stepAt(Date.now()) + stepsAhead);
}
