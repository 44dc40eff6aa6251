import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { countAttempt } from "../people/count-attempt.ts";
import { Refusal } from "../refusal.ts";
import { checkSecondFactor } from "./check-second-factor.ts";

/** Refuses who shows no code of his second factor, nor a recovery code. Wrong ones count as failed sign-ins do. */
export async function confirmCode(actor: Actor, code: string): Promise<void> {
  const { personId, email } = personOf(actor);
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
}
