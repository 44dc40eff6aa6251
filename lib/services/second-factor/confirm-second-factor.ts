import type { ConfirmedSecondFactor } from "../../contracts/sign-in.ts";
import { confirmFactor, findPendingFactor } from "../../db/second-factor.ts";
import { markAllRevoked } from "../../db/session.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { countAttempt } from "../people/count-attempt.ts";
import { Refusal } from "../refusal.ts";
import { openSecret } from "../secrets/seal-secret.ts";
import { once } from "../two-people.ts";
import { generateRecoveryCodes, hashRecoveryCode } from "./recovery-codes.ts";
import { stepOfCode } from "./totp.ts";

const withinMs = 15 * 60_000;

type Enrolled = { readonly id: string; readonly step: number; readonly hashes: readonly Buffer[] };

const enrol = deploymentMutation<Enrolled, void>({
  who: "self",
  event: "person.second_factor_enrolled",
  changesConfig: false,
  run: async ({ tx, actor, at }, enrolled) => {
    const { personId, sessionId, email } = personOf(actor);
    if (!(await confirmFactor(tx, { ...enrolled, at })))
      throw new Refusal("conflict", "This was begun anew meanwhile. Start again.");
    // They were opened without it.
    await markAllRevoked(tx, { personId, but: sessionId, at });
    return { output: undefined, subject: personId, detail: { email } };
  },
});

/**
 * The first code of the app: from then on a code is asked for after the password. Ends one's other sessions. The answer is the only
 * copy of the recovery codes. Wrong codes count as failed sign-ins do.
 */
export async function confirmSecondFactor(
  actor: Actor,
  { code }: { readonly code: string },
): Promise<ConfirmedSecondFactor> {
  const { personId, email } = personOf(actor);
  const pending = await findPendingFactor(personId, new Date(Date.now() - withinMs));
  if (!pending)
    throw new Refusal("conflict", "Nothing was begun within the last fifteen minutes. Start again.");
  const attempt = await countAttempt({ email, address: null });
  const secret = Buffer.from(openSecret(pending.sealed, { personId, factorId: pending.id }), "base64url");
  const step = stepOfCode(secret, code.replace(/\s/g, ""), Date.now());
  if (step === null) {
    await attempt.failed();
    throw new Refusal("invalid_input", "The code is not the one of now.", {
      fields: [{ field: "code", message: "This is not the code of now. Check the clock of the device." }],
    });
  }
  await attempt.succeeded();
  const recoveryCodes = generateRecoveryCodes();
  await once("You have a second factor already.", () =>
    enrol(actor, { id: pending.id, step, hashes: recoveryCodes.map(hashRecoveryCode) }),
  );
  return { recoveryCodes };
}
