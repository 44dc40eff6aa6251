import { v7 } from "uuid";
import { findPersonByEmail } from "../../db/person.ts";
import { beginIdentity, presentIdentity, wasBound } from "../../db/person-identity.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { once } from "../two-people.ts";
import type { IdentityClaims } from "./claims.ts";

type Bound = { readonly id: string; readonly personId: string };

const bind = deploymentMutation<IdentityClaims & { personId: string; address: string }, Bound>({
  who: "self",
  event: "person.identity_bound",
  changesConfig: false,
  run: async ({ tx, at }, { issuer, subject, personId, address }) => {
    // What an administrator has ended does not come back by itself.
    if (await wasBound(tx, { issuer, subject })) throw new Refusal("conflict", "It was bound before.");
    if (await presentIdentity(tx, personId, issuer)) throw new Refusal("conflict", "It is another one's.");
    const id = v7();
    await beginIdentity(tx, { id, personId, issuer, subject, boundBy: "email", createdAt: at });
    return {
      output: { id, personId },
      subject: personId,
      detail: { email: address, issuer, because: "verified e-mail" },
    };
  },
});

/**
 * Binds a subject to the person whose e-mail address the provider has verified; null where there is none, where he is bound
 * to another subject, and where this subject was bound before. For a provider whose addresses are trusted.
 */
export async function bindByEmail(claims: IdentityClaims): Promise<Bound | null> {
  if (!claims.emailVerified || claims.email === null) return null;
  const person = await findPersonByEmail(claims.email.trim().toLowerCase());
  if (!person) return null;
  try {
    return await once("It was bound meanwhile.", () =>
      bind({ kind: "system", job: "sign-in" }, { ...claims, personId: person.id, address: person.email }),
    );
  } catch (error) {
    if (error instanceof Refusal && error.code === "conflict") return null;
    throw error;
  }
}
