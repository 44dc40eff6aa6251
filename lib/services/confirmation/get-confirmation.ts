import type { Confirmation, ConfirmWay } from "../../contracts/confirmation.ts";
import { hasFactorOf } from "../../db/second-factor.ts";
import { sessionWay } from "../../db/session.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { isConfirmed } from "./demand-confirmed.ts";

/** Whether the reader is asked who he is before something dangerous, and how he shows it. */
export async function getConfirmation(actor: Actor): Promise<Confirmation> {
  const person = personOf(actor);
  const way = await confirmWay(actor);
  return {
    isNeeded: !isConfirmed(person),
    way,
    provider: way === "single_sign_on" ? (signInSettings().oidc?.name ?? null) : null,
  };
}

/**
 * As he came: who signed in at the identity provider shows it there again. Else by a code, where he has a second factor; a
 * browser may know the password, and knows no code.
 */
export async function confirmWay(actor: Actor): Promise<ConfirmWay> {
  const { sessionId, personId } = personOf(actor);
  if (signInSettings().oidc !== null && (await sessionWay(sessionId)) === "single_sign_on")
    return "single_sign_on";
  return (await hasFactorOf(personId)) ? "code" : "password";
}
