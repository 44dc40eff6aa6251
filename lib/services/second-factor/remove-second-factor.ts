import { endFactors } from "../../db/second-factor.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { confirmPassword } from "../people/confirm-password.ts";
import { countAttempt } from "../people/count-attempt.ts";
import { Refusal } from "../refusal.ts";
import { checkSecondFactor } from "./check-second-factor.ts";

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
  const { personId, email } = personOf(actor);
  await confirmPassword(actor, present);
  const attempt = await countAttempt({ email, address: null });
  const checked = await checkSecondFactor(personId, code);
  if (checked === "none") {
    await attempt.undecided();
    throw new Refusal("conflict", "You have no second factor.");
  }
  if (checked === "missing" || checked === "wrong") {
    await attempt.failed();
    throw new Refusal("invalid_input", "The code is not accepted.", {
      fields: [{ field: "code", message: "This is neither the code of now nor an unused recovery code." }],
    });
  }
  await attempt.succeeded();
  await remove(actor, null);
}
