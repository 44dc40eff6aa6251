import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { BegunSecondFactor } from "../../contracts/sign-in.ts";
import { endFactors, hasSecondFactor, insertFactor } from "../../db/second-factor.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { confirmPassword } from "../people/confirm-password.ts";
import { Refusal } from "../refusal.ts";
import { sealSecret } from "../secrets/seal-secret.ts";
import { base32 } from "./base32.ts";
import { enrolmentUri } from "./totp.ts";

// 160 bits, as RFC 4226, section 4, recommends.
const secretBytes = 20;

const begin = deploymentMutation<Buffer, void>({
  who: "self",
  event: "person.second_factor_begun",
  changesConfig: false,
  run: async ({ tx, actor, at }, secret) => {
    const { personId, email } = personOf(actor);
    if (await hasSecondFactor(tx, personId))
      throw new Refusal("conflict", "You have a second factor already. Remove it first.");
    await endFactors(tx, personId, at);
    const id = v7();
    const sealed = sealSecret(secret.toString("base64url"), { personId, factorId: id });
    await insertFactor(tx, { id, personId, sealed, createdAt: at });
    return { output: undefined, subject: personId, detail: { email } };
  },
});

/**
 * A new secret for one's own authenticator app; needs the present password. It counts once `confirmSecondFactor` has seen a code
 * of it. The answer is the only copy that is not sealed.
 */
export async function beginSecondFactor(
  actor: Actor,
  { present }: { readonly present: string },
): Promise<BegunSecondFactor> {
  await confirmPassword(actor, present);
  const secret = randomBytes(secretBytes);
  await begin(actor, secret);
  const text = base32(secret);
  return { secret: text, uri: enrolmentUri(text, personOf(actor).email) };
}
