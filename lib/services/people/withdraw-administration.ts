import { type PersonName, setDeploymentAdmin } from "../../db/person.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { getPerson } from "./get-person.ts";
import { keepADeploymentAdmin } from "./keep-a-deployment-admin.ts";

/**
 * From his next request on the person administers the deployment no more; memberships stay. Refuses oneself, and the last
 * deployment admin who may sign in.
 */
export const withdrawAdministration = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.administration_withdrawn",
  changesConfig: false,
  run: async ({ tx, actor }, who) => {
    const person = await getPerson(tx, who);
    if (!person.deploymentAdmin)
      throw new Refusal("conflict", "This person does not administer the deployment.");
    await keepADeploymentAdmin(tx, actor, person);
    await setDeploymentAdmin(tx, person.id, false);
    return { output: undefined, subject: person.id, detail: { email: person.email } };
  },
});
