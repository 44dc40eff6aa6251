import { v7 } from "uuid";
import type { PersonName } from "../../db/person.ts";
import { beginIdentity, endIdentity, presentIdentity } from "../../db/person-identity.ts";
import { forgetRefusedSignIn } from "../../db/refused-sign-in.ts";
import { markSessionsOfIdentityRevoked } from "../../db/session.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { getPerson } from "../people/get-person.ts";
import { touchAccount } from "../people/touch-account.ts";
import { Refusal } from "../refusal.ts";
import { once } from "../two-people.ts";

type Binding = { readonly who: PersonName; readonly subject: string };

const bind = deploymentMutation<Binding & { issuer: string }, void>({
  who: "admin",
  event: "person.identity_bound",
  changesConfig: false,
  run: async (context, { who, issuer, subject }) => {
    const { tx, actor, at } = context;
    const { id: personId, email } = await getPerson(tx, who);
    // Who holds another's open browser must not leave with a way in of his own.
    if (actor.kind === "person" && actor.personId === personId)
      throw new Refusal(
        "conflict",
        "This is yourself. Another administrator of the deployment has to do it.",
      );
    const before = await presentIdentity(tx, personId, issuer);
    if (before?.subject === subject)
      throw new Refusal("conflict", "This person is bound to this subject already.");
    if (before) {
      await endIdentity(tx, before.id, at);
      await markSessionsOfIdentityRevoked(tx, before.id, at);
    }
    const row = { id: v7(), personId, issuer, subject };
    await beginIdentity(tx, { ...row, boundBy: "administrator", createdAt: at });
    await forgetRefusedSignIn(tx, { issuer, subject });
    await touchAccount(context, personId, "identity_bound");
    return { output: undefined, subject: personId, detail: { email, issuer } };
  },
});

/**
 * Says who a subject of the identity provider is. From then on this person signs in by it; what he was bound to before ends,
 * with the sessions opened by it. Refuses a subject that is somebody's already.
 */
export async function bindIdentity(actor: Actor, { who, subject }: Binding): Promise<void> {
  const { oidc } = signInSettings();
  if (oidc === null) throw new Refusal("conflict", "There is no single sign-on in this deployment.");
  await once("This subject is bound to somebody already.", () =>
    bind(actor, { who, subject, issuer: oidc.issuer }),
  );
}
