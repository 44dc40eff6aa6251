import { createHmac } from "node:crypto";
import { countFailure, failuresOf, forgetFailures } from "../../db/login-throttle.ts";
import { findPersonByEmail } from "../../db/person.ts";
import { Refusal } from "../refusal.ts";
import { deriveKey } from "../secrets/derive-key.ts";
import { verifyPassword } from "./password.ts";

const windowMs = 15 * 60_000;
const perEmailMax = 10;
const perAddressMax = 100;

export type AuthenticatedPerson = {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
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
  const byEmail = subject("email", email);
  const byAddress = input.address === null ? null : subject("address", input.address);
  const subjects = byAddress === null ? [byEmail] : [byEmail, byAddress];
  const failures = await failuresOf(subjects, windowMs);
  if (
    (failures.get(byEmail) ?? 0) >= perEmailMax ||
    (byAddress !== null && (failures.get(byAddress) ?? 0) >= perAddressMax)
  )
    throw new Refusal("too_many_attempts", "Too many failed sign-ins. Try again in fifteen minutes.");
  const person = await findPersonByEmail(email);
  if (!(await verifyPassword(input.password, person?.passwordHash ?? null)) || !person) {
    await countFailure(subjects, windowMs);
    return null;
  }
  await forgetFailures(byEmail);
  return { personId: person.id, email: person.email, name: person.name };
}

/** Names and addresses are kept as keyed hashes only. */
function subject(kind: "email" | "address", value: string): string {
  return createHmac("sha256", deriveKey("login-subject")).update(`${kind}:${value}`).digest("base64url");
}
