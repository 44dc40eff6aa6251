import { type PersonName, setDisabled } from "../../db/person.ts";
import { markAllRevoked } from "../../db/session.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { getPerson } from "./get-person.ts";
import { keepADeploymentAdmin } from "./keep-a-deployment-admin.ts";

/**
 * Nobody signs in as this person any more, and what he has open ends. Memberships stay, and count again once he is enabled.
 * Refuses oneself, and the last deployment admin who may sign in.
 */
export const disablePerson = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.disabled",
  changesConfig: false,
  run: async ({ tx, actor, at }, who) => {
    const person = await getPerson(tx, who);
    if (person.disabledAt) throw new Refusal("conflict", "This person is disabled already.");
    await keepADeploymentAdmin(tx, actor, person);
    const { id, email } = person;
    await setDisabled(tx, id, at);
    await markAllRevoked(tx, { personId: id, at });
    return { output: undefined, subject: id, detail: { email } };
  },
});
