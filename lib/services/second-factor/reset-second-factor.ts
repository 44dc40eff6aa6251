import type { PersonName } from "../../db/person.ts";
import { endFactors, hasSecondFactor } from "../../db/second-factor.ts";
import { markAllRevoked } from "../../db/session.ts";
import { deploymentMutation } from "../mutation.ts";
import { getPerson } from "../people/get-person.ts";
import { touchAccount } from "../people/touch-account.ts";
import { Refusal } from "../refusal.ts";

/** For somebody who has lost app and recovery codes: the password alone signs in again. Ends what he has open. */
export const resetSecondFactor = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.second_factor_reset",
  changesConfig: false,
  run: async (context, who) => {
    const { tx, actor, at } = context;
    const { id: personId, email } = await getPerson(tx, who);
    // Who holds another's open browser must not be rid of the second factor by it.
    if (actor.kind === "person" && actor.personId === personId)
      throw new Refusal("conflict", "This is yourself. Remove your second factor with a code of it.");
    if (!(await hasSecondFactor(tx, personId)))
      throw new Refusal("conflict", "This person has no second factor.");
    await endFactors(tx, personId, at);
    await markAllRevoked(tx, { personId, at });
    await touchAccount(context, personId, "second_factor_reset");
    return { output: undefined, subject: personId, detail: { email } };
  },
});
