import { findIdentity } from "../../db/person-identity.ts";
import { forgetOldRefusedSignIns, noteRefusedSignIn } from "../../db/refused-sign-in.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { Refusal } from "../refusal.ts";
import { openSession } from "../sessions/open-session.ts";
import type { SignInOutcome } from "../sessions/sign-in-outcome.ts";
import { bindByEmail } from "./bind-by-email.ts";
import type { IdentityClaims } from "./claims.ts";

/**
 * Signs in whom the identity provider means. Makes nobody: a subject that is bound to no person is refused, and shown to the
 * administrators of the deployment, who may say whose it is.
 *
 * trust: the subject is the provider's to give. Its e-mail addresses count only where the operator says so.
 */
export async function signInByIdentity(
  claims: IdentityClaims,
  { userAgent }: { readonly userAgent: string },
): Promise<SignInOutcome> {
  const { oidc } = signInSettings();
  if (oidc === null || claims.issuer !== oidc.issuer) return { kind: "refused", problem: "sso_failed" };
  await forgetOldRefusedSignIns();
  const known = (await findIdentity(claims)) ?? (oidc.trustsEmail ? await bindByEmail(claims) : null);
  if (known === null) {
    await noteRefusedSignIn(claims);
    return { kind: "refused", problem: "sso_not_bound" };
  }
  try {
    const { personId, id: identityId } = known;
    const { token } = await openSession({
      personId,
      userAgent,
      way: "single_sign_on",
      identityId,
      // A provider lets in for days whom it knows: by itself that shows nothing.
      confirmedAt: earlier(claims.shownAt, new Date()),
    });
    return { kind: "opened", token };
  } catch (error) {
    if (error instanceof Refusal && error.code === "unauthenticated")
      return { kind: "refused", problem: "sso_disabled" };
    throw error;
  }
}

/** trust: a clock that is ahead of ours confirms nobody for longer. */
function earlier(at: Date | null, now: Date): Date | null {
  return at === null || at < now ? at : now;
}
