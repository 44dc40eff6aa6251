import { createHash } from "node:crypto";

/** 32 bits that depend on the parts alone: the same request gets the same delay, key gets the same project. */
export function digestNumber(...parts: readonly string[]): number {
  return createHash("sha256").update(parts.join("\n")).digest().readUInt32BE(0);
}

/** `length` letters and digits that depend on the parts alone. */
export function digestText(length: number, ...parts: readonly string[]): string {
  return createHash("sha256")
    .update(parts.join("\n"))
    .digest("base64url")
    .replace(/[-_]/g, "")
    .slice(0, length);
}
