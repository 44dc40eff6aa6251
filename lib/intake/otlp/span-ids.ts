/** An id of so many bytes as lower-case hex; null for any other length, and for zeros, which mean none. */
export function hexId(bytes: Uint8Array, length: number): string | null {
  if (bytes.length !== length || bytes.every((byte) => byte === 0)) return null;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
}

/** The same of the text that OTLP writes in JSON: hex in either case, not base64. */
export function hexIdOfText(text: unknown, length: number): string | null {
  if (typeof text !== "string" || text.length !== length * 2 || !/^[0-9a-fA-F]+$/.test(text)) return null;
  return /^0+$/.test(text) ? null : text.toLowerCase();
}

/** Nanoseconds of Unix time as OTLP holds them; 0 means that it is not told. */
export function millisOfNanos(nanos: bigint | string): number | null {
  const ms = Number(BigInt(nanos) / 1_000_000n);
  return ms === 0 ? null : ms;
}
