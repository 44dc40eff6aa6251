import { findPersonByEmail } from "../../db/person.ts";
import { countAttempt } from "./count-attempt.ts";
import { verifyPassword } from "./password.ts";

export type AuthenticatedPerson = {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  /** What the password was checked against: a session is opened only while it still is his. */
  readonly passwordHash: string;
};

/**
 * Who this is; null for a wrong name or password, without saying which. Refuses with `too_many_attempts` after ten
 * failures for one name, or a hundred from one address, within fifteen minutes.
 */
export async function authenticatePerson(input: {
  email: string;
  password: string;
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
  await attempt.succeeded();
  return { personId: person.id, email: person.email, name: person.name, passwordHash: person.passwordHash };
}
