import { createHmac, timingSafeEqual } from "node:crypto";

const stepMs = 30_000;
/** A clock may be half a minute off, and a code takes time to type (RFC 6238, section 5.2). */
const stepsOff = 1;

/** The six digits of a time step: HMAC-SHA-1, as every authenticator app has it (RFC 4226, section 5.3; RFC 6238). */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The time step of a moment (milliseconds since 1970): thirty seconds each (RFC 6238, section 4.1). */
export function stepAt(timeMs: number): number {
  return Math.floor(timeMs / stepMs);
}

/** The time step that a code is of, near `timeMs`; null where it is of none. The oldest first, so that a later one stays good. */
export function stepOfCode(secret: Uint8Array, code: string, timeMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const now = stepAt(timeMs);
  for (let step = now - stepsOff; step <= now + stepsOff; step++)
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) return step;
  return null;
}

/** What the app reads out of the picture (github.com/google/google-authenticator, wiki "Key URI Format", read 2026-11). */
export function enrolmentUri(secret: string, email: string): string {
  const label = `Domicile:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=Domicile&algorithm=SHA1&digits=6&period=30`;
}
