import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { deriveKey } from "../secrets/derive-key.ts";

const claims = z.object({
  tenantId: z.uuid(),
  credentialId: z.uuid(),
  /** One of the credential's hosts. */
  host: z.string().min(1).max(253),
  /** Milliseconds since 1970. */
  expiresAt: z.number().int(),
});

export type ConnectionClaims = z.infer<typeof claims>;

const lifetimeMs = 60_000;

/** Lets the web process have a gateway open and close one connection: `dompc_<claims>.<mac>`. Nothing is sent on it. */
export function signConnectionToken(
  input: Omit<ConnectionClaims, "expiresAt">,
  now: number = Date.now(),
): string {
  const { tenantId, credentialId, host } = input;
  const body: ConnectionClaims = { tenantId, credentialId, host, expiresAt: now + lifetimeMs };
  const text = Buffer.from(JSON.stringify(body)).toString("base64url");
  return `dompc_${text}.${macOf(text).toString("base64url")}`;
}

/**
 * What the token says; null where it is not ours, changed or expired.
 *
 * trust: the text comes from a stranger. Nothing of it is read before its code is checked.
 */
export function verifyConnectionToken(token: string, now: number = Date.now()): ConnectionClaims | null {
  const match = /^dompc_([A-Za-z0-9_-]{1,1500})\.([A-Za-z0-9_-]{43})$/.exec(token);
  if (!match) return null;
  const [, text = "", mac = ""] = match;
  const stated = Buffer.from(mac, "base64url");
  const expected = macOf(text);
  if (stated.length !== expected.length || !timingSafeEqual(stated, expected)) return null;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  return parsed.success && parsed.data.expiresAt > now ? parsed.data : null;
}

// The purpose is in what is signed, so that no token of another purpose is one of these.
function macOf(text: string): Buffer {
  return createHmac("sha256", deriveKey("internal-token")).update(`connection:${text}`).digest();
}
