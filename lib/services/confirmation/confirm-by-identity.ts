import type { SignInProblem } from "../../contracts/sign-in.ts";
import { findIdentity } from "../../db/person-identity.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import type { IdentityClaims } from "../identities/claims.ts";
import { confirmSession } from "./confirm-session.ts";

const withinMs = 5 * 60_000;
const clockOffMs = 60_000;

/**
 * Whoever holds the session has shown the identity provider who he is, just now. Null: it is confirmed; else why not.
 *
 * trust: a provider that knows somebody may let him pass without a question, whatever it was asked. Only its own word of when he
 * showed it counts, and only about the person whose session this is.
 */
export async function confirmByIdentity(actor: Actor, claims: IdentityClaims): Promise<SignInProblem | null> {
  const { oidc } = signInSettings();
  if (oidc === null || claims.issuer !== oidc.issuer) return "sso_failed";
  const known = await findIdentity(claims);
  if (known?.personId !== personOf(actor).personId) return "sso_other_person";
  const now = Date.now();
  const agoMs = claims.shownAt === null ? null : now - claims.shownAt.getTime();
  if (agoMs === null || agoMs > withinMs || agoMs < -clockOffMs) return "sso_not_confirmed";
  await confirmSession(actor, { way: "single_sign_on", shownAt: new Date(Math.min(now, now - agoMs)) });
  return null;
}
