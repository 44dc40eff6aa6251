import { countOtherDeploymentAdmins, type PersonName, setDisabled } from "../../db/person.ts";
import { markAllRevoked } from "../../db/session.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { getPerson } from "./get-person.ts";

/**
 * Nobody signs in as this person any more, and what he has open ends. Memberships stay, and count again once he is enabled.
 * Refuses oneself, and the last deployment admin who may sign in.
 */
export const disablePerson = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.disabled",
  changesConfig: false,
  run: async ({ tx, actor, at }, who) => {
    const { id, email, deploymentAdmin, disabledAt } = await getPerson(tx, who);
    if (disabledAt) throw new Refusal("conflict", "This person is disabled already.");
    if (actor.kind === "person" && actor.personId === id)
      throw new Refusal(
        "conflict",
        "This is yourself. Another administrator of the deployment has to do it.",
      );
    if (deploymentAdmin && (await countOtherDeploymentAdmins(tx, id)) === 0)
      throw new Refusal("conflict", "This is the last administrator of the deployment who may sign in.");
    await setDisabled(tx, id, at);
    await markAllRevoked(tx, { personId: id, at });
    return { output: undefined, subject: id, detail: { email } };
  },
});
