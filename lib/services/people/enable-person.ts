import { type PersonName, setDisabled } from "../../db/person.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { getPerson } from "./get-person.ts";
import { touchAccount } from "./touch-account.ts";

/** Lets a disabled person sign in again, with the password and the memberships he had. */
export const enablePerson = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.enabled",
  changesConfig: false,
  run: async (context, who) => {
    const { tx } = context;
    const { id, email, disabledAt } = await getPerson(tx, who);
    if (!disabledAt) throw new Refusal("conflict", "This person may sign in already.");
    await setDisabled(tx, id, null);
    await touchAccount(context, id, "account_enabled");
    return { output: undefined, subject: id, detail: { email } };
  },
});
