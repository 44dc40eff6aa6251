import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { deriveKey } from "../secrets/derive-key.ts";

const claims = z.object({
  personId: z.uuid(),
  tenantId: z.uuid(),
  /** `policy`, a region code, or `global`. */
  target: z.string().min(1).max(253),
  /** The one stored key that may be sent; absent: whichever fits the host. */
  credentialId: z.uuid().optional(),
  /** Milliseconds since 1970. */
  expiresAt: z.number().int(),
  /** Of the token, and of nothing else: the request id of its call in the record. */
  id: z.uuid(),
});

export type InternalClaims = z.infer<typeof claims>;

const lifetimeMs = 60_000;
const prefix = "dompg_";

/** Lets the web process send one call of a person through the gateway, for a minute: `dompg_<claims>.<mac>`. */
export function signInternalToken(
  input: Omit<InternalClaims, "expiresAt" | "id"> & { readonly id?: string },
  now: number = Date.now(),
): string {
  const { id = randomUUID(), personId, tenantId, target, credentialId } = input;
  const body = { personId, tenantId, target, credentialId, expiresAt: now + lifetimeMs, id };
  const text = Buffer.from(JSON.stringify(body)).toString("base64url");
  return `${prefix}${text}.${macOf(text).toString("base64url")}`;
}

/**
 * What the token says; null where it is not ours, changed or expired.
 *
 * trust: the text comes from a stranger. Nothing of it is read before its code is checked.
 */
export function verifyInternalToken(token: string, now: number = Date.now()): InternalClaims | null {
  const match = /^dompg_([A-Za-z0-9_-]{1,1000})\.([A-Za-z0-9_-]{43})$/.exec(token);
  if (!match) return null;
  const [, text = "", mac = ""] = match;
  const stated = Buffer.from(mac, "base64url");
  const expected = macOf(text);
  if (stated.length !== expected.length || !timingSafeEqual(stated, expected)) return null;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  return parsed.success && parsed.data.expiresAt > now ? parsed.data : null;
}

function macOf(text: string): Buffer {
  return createHmac("sha256", deriveKey("internal-token")).update(`playground:${text}`).digest();
}
