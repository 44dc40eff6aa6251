import { z } from "zod";
import { subject } from "../contracts/sign-in.ts";
import { line } from "../contracts/text.ts";
import type { IdentityClaims } from "../services/identities/claims.ts";

const claims = z.object({
  iss: z.string().min(1).max(500),
  // Taken as it is: a space too many is another subject.
  sub: z.string().refine((text) => subject.safeParse(text).data === text),
  // What is no address says nothing, and hinders nobody whose subject is known.
  email: line.min(3).max(254).nullish().catch(null),
  // Not the word "true": providers that send it mean several things by it.
  email_verified: z.literal(true).nullish().catch(null),
  // Seconds since 1970 (OpenID Connect Core 1.0, section 2); providers may leave it out unless `max_age` was asked for.
  auth_time: z.number().int().positive().nullish().catch(null),
});

/** What we take out of an ID token that the library has verified; null where it lacks who this is. */
export function identityClaims(profile: unknown): IdentityClaims | null {
  const { data } = claims.safeParse(profile);
  if (!data) return null;
  return {
    issuer: data.iss,
    subject: data.sub,
    email: data.email ?? null,
    emailVerified: data.email_verified === true,
    shownAt: data.auth_time ? new Date(data.auth_time * 1_000) : null,
  };
}
