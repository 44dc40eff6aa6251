import { passwordCounts } from "../../db/person.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";
import { authenticatePerson } from "../people/authenticate-person.ts";
import { Refusal } from "../refusal.ts";
import { openSession } from "./open-session.ts";
import type { SignInOutcome } from "./sign-in-outcome.ts";

export type PasswordSignIn = {
  readonly email: string;
  readonly password: string;
  /** Of his second factor, or a recovery code. */
  readonly code?: string;
  /** Where the request came from, as the server saw it; null where unknown. */
  readonly address: string | null;
  readonly userAgent: string;
};

const ways = {
  none: "password",
  code: "password_and_code",
  recovery_code: "password_and_recovery_code",
} as const;

/** Signs in by name and password, where that is a way in; without saying which of the two was wrong. */
export async function signInByPassword({ userAgent, ...given }: PasswordSignIn): Promise<SignInOutcome> {
  const email = given.email.trim().toLowerCase();
  // Before the password is looked at: it is no way to try passwords either.
  if (!signInSettings().passwords && !(await passwordCounts(email)))
    return { kind: "refused", problem: "password_sign_in_off" };
  try {
    const person = await authenticatePerson(given);
    if (!person) return { kind: "refused", problem: "wrong_password" };
    const { personId, passwordHash, secondFactor } = person;
    if (secondFactor === "missing") return { kind: "refused", problem: "code_required" };
    if (secondFactor === "wrong") return { kind: "refused", problem: "code_wrong" };
    const { token } = await openSession({ personId, passwordHash, userAgent, way: ways[secondFactor] });
    return { kind: "opened", token };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Changed or disabled while we looked: what was typed is wrong by now.
    if (error.code === "unauthenticated") return { kind: "refused", problem: "wrong_password" };
    if (error.code === "too_many_attempts") return { kind: "refused", problem: "too_many_attempts" };
    throw error;
  }
}
