import { type PersonName, setPasswordHash } from "../../db/person.ts";
import { markAllRevoked } from "../../db/session.ts";
import type { Actor } from "../actor.ts";
import { demandDeploymentAdmin, deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { checkNewPassword } from "./check-new-password.ts";
import { generatePassword } from "./generate-password.ts";
import { getPerson } from "./get-person.ts";
import { hashPassword } from "./password.ts";
import { touchAccount } from "./touch-account.ts";

const reset = deploymentMutation<{ who: PersonName; passwordHash: string }, void>({
  who: "admin",
  event: "person.password_reset",
  changesConfig: false,
  run: async (context, { who, passwordHash }) => {
    const { tx, actor, at } = context;
    const { id, email } = await getPerson(tx, who);
    // Who holds another's open browser must not get his password by it.
    if (actor.kind === "person" && actor.personId === id)
      throw new Refusal("conflict", "This is yourself. Change your password under Settings, Sessions.");
    await setPasswordHash(tx, { id, passwordHash, ownSince: null });
    await touchAccount(context, id, "password_reset");
    await markAllRevoked(tx, { personId: id, at });
    return { output: undefined, subject: id, detail: { email } };
  },
});

/**
 * Another password for a person: a generated one, or the given one. Ends what he has open. The answer is the only copy of it.
 */
export async function resetPassword(
  actor: Actor,
  who: PersonName,
  password: string = generatePassword(),
): Promise<{ readonly password: string }> {
  demandDeploymentAdmin(actor);
  checkNewPassword(password, "password");
  // Before the transaction: hashing takes long, and everybody's sign-ins would wait for it.
  await reset(actor, { who, passwordHash: await hashPassword(password) });
  return { password };
}
