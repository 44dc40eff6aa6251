import { findPerson, type PersonName } from "../../db/person.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import { Refusal } from "../refusal.ts";

/** The person of this id or e-mail address; refuses where there is none. */
export async function getPerson(tx: PrismaTransaction, who: PersonName) {
  const name = "email" in who ? { email: who.email.trim().toLowerCase() } : who;
  const person = "email" in name || isUuid(name.id) ? await findPerson(tx, name) : null;
  if (!person) throw new Refusal("not_found", "There is no such person.");
  return person;
}
