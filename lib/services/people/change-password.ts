import { findPasswordHash, setPasswordHash } from "../../db/person.ts";
import { markAllRevoked } from "../../db/session.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { checkNewPassword } from "./check-new-password.ts";
import { countAttempt } from "./count-attempt.ts";
import { hashPassword, verifyPassword } from "./password.ts";

const change = deploymentMutation<{ before: string; passwordHash: string }, void>({
  who: "self",
  event: "person.password_changed",
  changesConfig: false,
  run: async ({ tx, actor, at }, hashes) => {
    const { personId, sessionId, email } = personOf(actor);
    if (!(await setPasswordHash(tx, { id: personId, ...hashes, ownSince: at })))
      throw new Refusal("conflict", "The password was changed meanwhile. Sign in with the new one.");
    await markAllRevoked(tx, { personId, but: sessionId, at });
    return { output: undefined, subject: personId, detail: { email } };
  },
});

/**
 * One's own password; needs the present one, and ends every other session. Wrong guesses at the present one count as failed
 * sign-ins do, so that an open browser is no way to try them all.
 */
export async function changePassword(
  actor: Actor,
  { present, next }: { readonly present: string; readonly next: string },
): Promise<void> {
  const { personId, email } = personOf(actor);
  checkNewPassword(next, "next");
  const attempt = await countAttempt({ email, address: null });
  const before = await findPasswordHash(personId);
  if (before === null || !(await verifyPassword(present, before))) {
    await attempt.failed();
    throw new Refusal("invalid_input", "The present password is wrong.", {
      fields: [{ field: "present", message: "This is not your present password." }],
    });
  }
  await attempt.succeeded();
  if (await verifyPassword(next, before))
    throw new Refusal("invalid_input", "The new password is the present one.", {
      fields: [{ field: "next", message: "Choose another one than the present one." }],
    });
  await change(actor, { before, passwordHash: await hashPassword(next) });
}
