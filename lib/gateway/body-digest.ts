import { createHmac, hash } from "node:crypto";
import { deriveKey } from "../services/secrets/derive-key.ts";

/**
 * HMAC-SHA-256 of a request body, hex, under a key of the tenant's own. It can confirm that this exact body was
 * recorded; without the master key nothing can be guessed from it, and two tenants' digests tell nothing together.
 */
export function bodyDigest(tenantId: string, body: Buffer): string {
  const { key, inner, outer } = tenantKey(tenantId);
  if (body.byteLength > smallBytes) return createHmac("sha256", key).update(body).digest("hex");
  // RFC 2104 by hand: two hashes in one call each cost a fraction of what beginning an HMAC does.
  const inside = hash("sha256", Buffer.concat([inner, body]), "buffer");
  return hash("sha256", Buffer.concat([outer, inside]), "hex");
}

const smallBytes = 16_384;

/** The same of a body that is never whole in memory. */
export function startBodyDigest(tenantId: string): { update(piece: Buffer): void; hex(): string } {
  const hmac = createHmac("sha256", tenantKey(tenantId).key);
  return { update: (piece) => void hmac.update(piece), hex: () => hmac.digest("hex") };
}

type TenantKey = {
  readonly from: Buffer;
  readonly key: Buffer;
  /** The key, filled to a block of the hash and masked as RFC 2104 says. */
  readonly inner: Buffer;
  readonly outer: Buffer;
};

const keys = new Map<string, TenantKey>();

function tenantKey(tenantId: string): TenantKey {
  const from = deriveKey("body-digest");
  const known = keys.get(tenantId);
  if (known?.from === from) return known;
  const key = createHmac("sha256", from).update(tenantId).digest();
  const derived = { from, key, inner: masked(key, 0x36), outer: masked(key, 0x5c) };
  keys.set(tenantId, derived);
  return derived;
}

function masked(key: Buffer, mask: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ mask));
}
