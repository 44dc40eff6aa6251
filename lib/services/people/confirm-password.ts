import { findPasswordHash } from "../../db/person.ts";
import { hasFactorOf } from "../../db/second-factor.ts";
import { personOf } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { countAttempt } from "./count-attempt.ts";
import { verifyPassword } from "./password.ts";

/**
 * Refuses who does not know his present password; answers what it was checked against. Wrong guesses count as failed sign-ins do, so
 * that an open browser is no way to try them all.
 */
export async function confirmPassword(actor: Actor, present: string): Promise<string> {
  const { personId, email } = personOf(actor);
  const attempt = await countAttempt({ email, address: null });
  const stored = await findPasswordHash(personId);
  if (stored === null || !(await verifyPassword(present, stored))) {
    await attempt.failed();
    throw new Refusal("invalid_input", "The present password is wrong.", {
      fields: [{ field: "present", message: "This is not your present password." }],
    });
  }
  // Where there is a second factor it takes nothing back: else whoever knows the password could guess at codes for ever.
  await ((await hasFactorOf(personId)) ? attempt.undecided() : attempt.succeeded());
  return stored;
}
