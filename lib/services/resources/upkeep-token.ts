import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { deriveKey } from "../secrets/derive-key.ts";

const claims = z.object({
  tenantId: z.uuid(),
  /** Whose object is asked about. */
  applicationId: z.uuid(),
  /** The host at which the object was born, and no other. */
  host: z.string().min(1).max(253),
  /** The one operation and path that the token is good for. */
  operation: z.string().min(1).max(64),
  path: z.string().min(1).max(300),
  /** Milliseconds since 1970. */
  expiresAt: z.number().int(),
});

export type UpkeepClaims = z.infer<typeof claims>;

const lifetimeMs = 60_000;

/** Lets the worker ask about one object through the gateway, for a minute: `domup_<claims>.<mac>`. */
export function signUpkeepToken(input: Omit<UpkeepClaims, "expiresAt">, now: number = Date.now()): string {
  const { tenantId, applicationId, host, operation, path } = input;
  const body: UpkeepClaims = {
    tenantId,
    applicationId,
    host,
    operation,
    path,
    expiresAt: now + lifetimeMs,
  };
  const text = Buffer.from(JSON.stringify(body)).toString("base64url");
  return `domup_${text}.${macOf(text).toString("base64url")}`;
}

/**
 * What the token says; null where it is not ours, changed or expired.
 *
 * trust: the text comes from a stranger. Nothing of it is read before its code is checked.
 */
export function verifyUpkeepToken(token: string, now: number = Date.now()): UpkeepClaims | null {
  const match = /^domup_([A-Za-z0-9_-]{1,1500})\.([A-Za-z0-9_-]{43})$/.exec(token);
  if (!match) return null;
  const [, text = "", mac = ""] = match;
  const stated = Buffer.from(mac, "base64url");
  const expected = macOf(text);
  if (stated.length !== expected.length || !timingSafeEqual(stated, expected)) return null;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  return parsed.success && parsed.data.expiresAt > now ? parsed.data : null;
}

// The purpose is in what is signed, so that no token of another purpose is one of upkeep.
function macOf(text: string): Buffer {
  return createHmac("sha256", deriveKey("internal-token")).update(`upkeep:${text}`).digest();
}
