import { endFactors } from "../../db/second-factor.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { confirmPassword } from "../people/confirm-password.ts";
import { confirmCode } from "./confirm-code.ts";

const remove = deploymentMutation<null, void>({
  who: "self",
  event: "person.second_factor_removed",
  changesConfig: false,
  run: async ({ tx, actor, at }) => {
    const { personId, email } = personOf(actor);
    await endFactors(tx, personId, at);
    return { output: undefined, subject: personId, detail: { email } };
  },
});

/**
 * One's own second factor; needs the present password and a code, or a recovery code. Where the operator demands one, the next thing
 * to do is to enrol another.
 */
export async function removeSecondFactor(
  actor: Actor,
  { present, code }: { readonly present: string; readonly code: string },
): Promise<void> {
  await confirmPassword(actor, present);
  await confirmCode(actor, code);
  await remove(actor, null);
}
