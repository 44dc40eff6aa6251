import { v7 } from "uuid";
import { findPerson, insertPerson } from "../../db/person.ts";
import type { Actor } from "../actor.ts";
import { demandDeploymentAdmin, deploymentMutation, type MutationOptions } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { checkNewPassword } from "./check-new-password.ts";
import { generatePassword } from "./generate-password.ts";
import { hashPassword } from "./password.ts";
import { touchAccount } from "./touch-account.ts";

export type CreatePersonInput = {
  readonly email: string;
  readonly name: string;
  /** Absent: one is generated. */
  readonly password?: string;
  readonly deploymentAdmin: boolean;
};

const create = deploymentMutation<CreatePersonInput & { passwordHash: string }, string>({
  who: "admin",
  event: "person.created",
  changesConfig: false,
  run: async (context, { name, passwordHash, deploymentAdmin, ...input }) => {
    const { tx, at } = context;
    const email = input.email.trim().toLowerCase();
    if (await findPerson(tx, { email }))
      throw new Refusal("conflict", "Somebody signs in under this name already.", {
        fields: [{ field: "email", message: "Somebody signs in under this name already." }],
      });
    const id = v7();
    await insertPerson(tx, { id, email, name, passwordHash, deploymentAdmin, createdAt: at });
    await touchAccount(context, id, "account_made");
    return { output: id, subject: id, detail: { email, deploymentAdmin } };
  },
});

/** Somebody who may sign in. He sees nothing until he is a member of a tenant. The answer is the only copy of his password. */
export async function createPerson(
  actor: Actor,
  input: CreatePersonInput,
  options: MutationOptions = {},
): Promise<{ readonly personId: string; readonly password: string }> {
  demandDeploymentAdmin(actor);
  const { password = generatePassword() } = input;
  checkNewPassword(password, "password");
  // Before the transaction: hashing takes long, and everybody's sign-ins would wait for it.
  const passwordHash = await hashPassword(password);
  return { personId: await create(actor, { ...input, passwordHash }, options), password };
}
