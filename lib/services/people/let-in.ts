import { letInUntil, type PersonName, setPasswordHash } from "../../db/person.ts";
import { markAllRevoked } from "../../db/session.ts";
import type { Actor } from "../actor.ts";
import { demandDeploymentAdmin, deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { generatePassword } from "./generate-password.ts";
import { getPerson } from "./get-person.ts";
import { hashPassword } from "./password.ts";
import { touchAccount } from "./touch-account.ts";

const forMs = 60 * 60_000;

const open = deploymentMutation<{ who: PersonName; passwordHash: string }, Date>({
  who: "admin",
  event: "person.let_in",
  changesConfig: false,
  run: async (context, { who, passwordHash }) => {
    const { tx, at } = context;
    const { id, email, disabledAt } = await getPerson(tx, who);
    if (disabledAt) throw new Refusal("conflict", "This person is disabled and may not sign in.");
    const until = new Date(at.getTime() + forMs);
    await setPasswordHash(tx, { id, passwordHash, ownSince: null });
    await letInUntil(tx, id, until);
    await touchAccount(context, id, "password_reset");
    await markAllRevoked(tx, { personId: id, at });
    return { output: until, subject: id, detail: { email, until: until.toISOString() } };
  },
});

/**
 * The operator's way in where passwords are switched off and the identity provider is away: another password, which counts
 * for one hour. Ends what the person has open. The answer is the only copy of the password.
 */
export async function letIn(
  actor: Actor,
  who: PersonName,
): Promise<{ readonly password: string; readonly until: Date }> {
  demandDeploymentAdmin(actor);
  const password = generatePassword();
  // Before the transaction: hashing takes long, and everybody's sign-ins would wait for it.
  return { password, until: await open(actor, { who, passwordHash: await hashPassword(password) }) };
}
