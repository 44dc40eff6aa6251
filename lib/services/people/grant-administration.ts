import { type PersonName, setDeploymentAdmin } from "../../db/person.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { getPerson } from "./get-person.ts";

/** Makes a person an administrator of the deployment, from his next request on. */
export const grantAdministration = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.administration_granted",
  changesConfig: false,
  run: async ({ tx }, who) => {
    const { id, email, deploymentAdmin } = await getPerson(tx, who);
    if (deploymentAdmin) throw new Refusal("conflict", "This person administers the deployment already.");
    await setDeploymentAdmin(tx, id, true);
    return { output: undefined, subject: id, detail: { email } };
  },
});
