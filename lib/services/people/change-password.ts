import { setPasswordHash } from "../../db/person.ts";
import { markAllRevoked } from "../../db/session.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { checkNewPassword } from "./check-new-password.ts";
import { confirmPassword } from "./confirm-password.ts";
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

/** One's own password; needs the present one, and ends every other session. */
export async function changePassword(
  actor: Actor,
  { present, next }: { readonly present: string; readonly next: string },
): Promise<void> {
  checkNewPassword(next, "next");
  const before = await confirmPassword(actor, present);
  if (await verifyPassword(next, before))
    throw new Refusal("invalid_input", "The new password is the present one.", {
      fields: [{ field: "next", message: "Choose another one than the present one." }],
    });
  await change(actor, { before, passwordHash: await hashPassword(next) });
}
