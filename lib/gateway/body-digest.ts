import { createHmac } from "node:crypto";
import { deriveKey } from "../services/secrets/derive-key.ts";

/**
 * HMAC-SHA-256 of a request body, hex, under a key of the tenant's own. It can confirm that this exact body was
 * recorded; without the master key nothing can be guessed from it, and two tenants' digests tell nothing together.
 */
export function bodyDigest(tenantId: string, body: Buffer): string {
  return createHmac("sha256", tenantKey(tenantId)).update(body).digest("hex");
}

/** The same of a body that is never whole in memory. */
export function startBodyDigest(tenantId: string): { update(piece: Buffer): void; hex(): string } {
  const hmac = createHmac("sha256", tenantKey(tenantId));
  return { update: (piece) => void hmac.update(piece), hex: () => hmac.digest("hex") };
}

const keys = new Map<string, { from: Buffer; key: Buffer }>();

function tenantKey(tenantId: string): Buffer {
  const from = deriveKey("body-digest");
  const known = keys.get(tenantId);
  if (known?.from === from) return known.key;
  const key = createHmac("sha256", from).update(tenantId).digest();
  keys.set(tenantId, { from, key });
  return key;
}
