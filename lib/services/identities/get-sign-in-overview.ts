import type { Binding, PersonSignIn, RefusedSignIn, SignInOverview } from "../../contracts/sign-in.ts";
import { type RefusedSignInRow, refusedSignIns } from "../../db/refused-sign-in.ts";
import { type PersonSignInRow, personSignIns } from "../../db/sign-in.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { webSettings } from "../../env/web-settings.ts";
import type { Actor } from "../actor.ts";
import { demandDeploymentAdmin } from "../mutation.ts";

/** Which ways in there are, who takes which, and who came from the identity provider and is nobody here. */
export async function getSignInOverview(actor: Actor): Promise<SignInOverview> {
  demandDeploymentAdmin(actor);
  const { oidc, passwords, secondFactor } = signInSettings();
  const [people, refused] = await Promise.all([
    personSignIns(oidc?.issuer ?? null),
    oidc === null ? [] : refusedSignIns(oidc.issuer),
  ]);
  const self = actor.kind === "person" ? actor.personId : null;
  return {
    passwords,
    provider: oidc && {
      name: oidc.name,
      issuer: oidc.issuer,
      clientId: oidc.clientId,
      redirectUri: `${new URL(webSettings().publicUrl).origin}/api/auth/callback/oidc`,
      trustsEmail: oidc.trustsEmail,
    },
    secondFactor,
    people: people.map((row) => personSignIn(row, self)),
    refused: refused.map(refusedSignIn),
  };
}

export function bindingOf({ boundAt, boundBy }: PersonSignInRow): Binding | null {
  return boundAt && boundBy && { since: boundAt.toISOString(), by: boundBy };
}

function personSignIn(row: PersonSignInRow, self: string | null): PersonSignIn {
  const { personId, name, email, deploymentAdmin, isDisabled, hasSecondFactor, lastAt, lastWay } = row;
  return {
    personId,
    name,
    email,
    deploymentAdmin,
    isDisabled,
    isSelf: personId === self,
    binding: bindingOf(row),
    hasSecondFactor,
    last: lastAt && lastWay && { at: lastAt.toISOString(), way: lastWay },
  };
}

function refusedSignIn({ firstAt, lastAt, ...row }: RefusedSignInRow): RefusedSignIn {
  return { ...row, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
}
