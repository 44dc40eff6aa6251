import { createHmac } from "node:crypto";
import { deriveKey, type KeyLabel } from "./derive-key.ts";

/** 32 bytes for one purpose and one tenant: HMAC-SHA-256 of the tenant's id under the purpose's key. */
export function deriveTenantKey(label: KeyLabel, tenantId: string): Buffer {
  const from = deriveKey(label);
  const place = `${label} ${tenantId}`;
  const known = keys.get(place);
  if (known?.from === from) return known.key;
  const key = createHmac("sha256", from).update(tenantId).digest();
  keys.set(place, { from, key });
  return key;
}

const keys = new Map<string, { readonly from: Buffer; readonly key: Buffer }>();
