import { v7 } from "uuid";
import { findPerson } from "../../db/person.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { hashPassword } from "./password.ts";

export type CreatePersonInput = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly deploymentAdmin: boolean;
};

const passwordMin = 12;

/** Somebody who may sign in. He sees nothing until he is a member of a tenant. */
export const createPerson = deploymentMutation<CreatePersonInput, { personId: string }>({
  who: "admin",
  event: "person.created",
  changesConfig: false,
  run: async ({ tx, at }, input) => {
    const email = input.email.trim().toLowerCase();
    if (input.password.length < passwordMin)
      throw new Refusal("invalid_input", "The password is too short.", {
        fields: [{ field: "password", message: `At least ${passwordMin} characters.` }],
      });
    if (await findPerson(tx, email))
      throw new Refusal("conflict", "Somebody signs in under this name already.");
    const personId = v7();
    await tx.person.createMany({
      data: [
        {
          id: personId,
          email,
          name: input.name,
          passwordHash: await hashPassword(input.password),
          deploymentAdmin: input.deploymentAdmin,
          createdAt: at,
        },
      ],
    });
    return {
      output: { personId },
      subject: personId,
      detail: { email, deploymentAdmin: input.deploymentAdmin },
    };
  },
});
