import type { PersonName } from "../../db/person.ts";
import { endIdentity, presentIdentity } from "../../db/person-identity.ts";
import { markSessionsOfIdentityRevoked } from "../../db/session.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { deploymentMutation } from "../mutation.ts";
import { getPerson } from "../people/get-person.ts";
import { Refusal } from "../refusal.ts";

/**
 * The provider's subject is this person no more: it signs in nobody, and the sessions opened by it end. A verified e-mail
 * address does not bind it again; an administrator may.
 */
export const unbindIdentity = deploymentMutation<PersonName, void>({
  who: "admin",
  event: "person.identity_unbound",
  changesConfig: false,
  run: async ({ tx, at }, who) => {
    const { id: personId, email } = await getPerson(tx, who);
    const issuer = signInSettings().oidc?.issuer;
    const present = issuer === undefined ? null : await presentIdentity(tx, personId, issuer);
    if (issuer === undefined || !present)
      throw new Refusal("conflict", "This person is bound to nobody at the identity provider.");
    await endIdentity(tx, present.id, at);
    await markSessionsOfIdentityRevoked(tx, present.id, at);
    return { output: undefined, subject: personId, detail: { email, issuer } };
  },
});
