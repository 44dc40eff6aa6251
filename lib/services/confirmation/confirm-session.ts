import type { ConfirmInput, ConfirmWay } from "../../contracts/confirmation.ts";
import { markConfirmed } from "../../db/session.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { confirmPassword } from "../people/confirm-password.ts";
import { Refusal } from "../refusal.ts";
import { confirmCode } from "../second-factor/confirm-code.ts";
import { confirmWay } from "./get-confirmation.ts";

type Shown = { readonly way: ConfirmWay; readonly shownAt: Date };

const confirm = deploymentMutation<Shown, void>({
  who: "self",
  event: "session.confirmed",
  changesConfig: false,
  run: async ({ tx, actor }, { way, shownAt }) => {
    const { sessionId, personId } = personOf(actor);
    await markConfirmed(tx, sessionId, shownAt);
    return { output: undefined, subject: sessionId, detail: { personId, way } };
  },
});

/**
 * Whoever holds the session shows who he is, by the way that `confirmWay` says and no other. Wrong guesses count as failed
 * sign-ins do.
 */
export async function confirmOneself(actor: Actor, { present, code }: ConfirmInput): Promise<void> {
  const way = await confirmWay(actor);
  if (way === "single_sign_on")
    throw new Refusal("conflict", "You signed in at the identity provider, so you show it there.");
  if (way === "code") await confirmCode(actor, code);
  else await confirmPassword(actor, present);
  await confirmSession(actor, { way, shownAt: new Date() });
}

/** He has shown it, here or at the identity provider. */
export function confirmSession(actor: Actor, shown: Shown): Promise<void> {
  return confirm(actor, shown);
}
