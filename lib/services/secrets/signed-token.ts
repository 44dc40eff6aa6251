import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { deriveKey, keysToOpen } from "./derive-key.ts";

export type TokenKind<Shape extends z.ZodRawShape> = {
  /** Begins the token and tells its kind; the log knows each (`lib/log.ts`). */
  readonly prefix: string;
  /** Stands in what is signed, so that no token of one purpose is one of another. */
  readonly purpose: string;
  readonly claims: z.ZodObject<Shape>;
};

type Claims<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

export type SignedToken<Shape extends z.ZodRawShape> = {
  /** Good for a minute. `now`: milliseconds since 1970. */
  sign(claims: Claims<Shape>, now?: number): string;
  /** What the token says; null where it is not ours, changed or expired. */
  verify(token: string, now?: number): Claims<Shape> | null;
};

const lifetimeMs = 60_000;
const expiring = z.object({ expiresAt: z.number().int() });

/** Tokens that one process of ours hands to another: `<prefix>_<claims>.<mac>`, signed with a key of the deployment. */
export function signedToken<Shape extends z.ZodRawShape>(kind: TokenKind<Shape>): SignedToken<Shape> {
  const { prefix, purpose, claims } = kind;
  const form = new RegExp(`^${prefix}_([A-Za-z0-9_-]{1,1500})\\.([A-Za-z0-9_-]{43})$`);
  const macOf = (text: string, key = deriveKey("internal-token")): Buffer =>
    createHmac("sha256", key).update(`${purpose}:${text}`).digest();
  const sign = (input: Claims<Shape>, now = Date.now()): string => {
    // What a claim is not named for stays out of the token.
    const named = Object.entries(input).filter(([name]) => name in claims.shape);
    const body = { ...Object.fromEntries(named), expiresAt: now + lifetimeMs };
    const text = Buffer.from(JSON.stringify(body)).toString("base64url");
    return `${prefix}_${text}.${macOf(text).toString("base64url")}`;
  };
  // trust: the text comes from a stranger. Nothing of it is read before its code is checked.
  const verify = (token: string, now = Date.now()): Claims<Shape> | null => {
    const [, text = "", mac = ""] = form.exec(token) ?? [];
    const stated = Buffer.from(mac, "base64url");
    // A process that was told of another master key a moment sooner or later may have signed it.
    const isOurs = keysToOpen("internal-token").some((key) => {
      const expected = macOf(text, key);
      return stated.length === expected.length && timingSafeEqual(stated, expected);
    });
    if (!isOurs) return null;
    const said: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    const end = expiring.safeParse(said);
    const parsed = claims.safeParse(said);
    return end.success && end.data.expiresAt > now && parsed.success ? parsed.data : null;
  };
  return { sign, verify };
}
