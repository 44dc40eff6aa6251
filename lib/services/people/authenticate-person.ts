import { findPersonByEmail } from "../../db/person.ts";
import { type CheckedFactor, checkSecondFactor } from "../second-factor/check-second-factor.ts";
import { countAttempt } from "./count-attempt.ts";
import { verifyPassword } from "./password.ts";

export type AuthenticatedPerson = {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  /** What the password was checked against: a session is opened only while it still is his. */
  readonly passwordHash: string;
  /** What he gave beside it. A session is opened by `none`, `code` and `recovery_code` only. */
  readonly secondFactor: CheckedFactor;
};

/**
 * Who this is, and what of his second factor he gave; null for a wrong name or password, without saying which. Refuses with `too_many_attempts` after ten
 * failures for one name, or a hundred from one address, within fifteen minutes.
 */
export async function authenticatePerson(input: {
  email: string;
  password: string;
  /** Of his second factor, or a recovery code; absent: none was given. */
  code?: string;
  /** Where the request came from, as the server saw it; null where unknown. */
  address: string | null;
}): Promise<AuthenticatedPerson | null> {
  const email = input.email.trim().toLowerCase();
  const attempt = await countAttempt({ email, address: input.address });
  const person = await findPersonByEmail(email);
  if (!(await verifyPassword(input.password, person?.passwordHash ?? null)) || !person) {
    await attempt.failed();
    return null;
  }
  const { id: personId, name, passwordHash } = person;
  const secondFactor = await checkSecondFactor(personId, input.code ?? null);
  if (secondFactor === "wrong") await attempt.failed();
  else if (secondFactor === "missing") await attempt.undecided();
  else await attempt.succeeded();
  return { personId, email: person.email, name, passwordHash, secondFactor };
}
