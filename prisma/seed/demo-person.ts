import { findPersonByEmail } from "../../lib/db/person.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { type PersonSpec, peopleSpecs } from "./people-specs.ts";

/** One of the demo's people as the actor of a verb. No session stands behind it: nobody signed in. */
export async function demoPerson(
  name: string,
  tenant: { readonly id: string; readonly slug: string },
): Promise<Actor> {
  const spec: PersonSpec | undefined = peopleSpecs.find((person) => person.name === name);
  const person = spec && (await findPersonByEmail(spec.email));
  if (!spec || !person) throw new Error(`The demo has nobody called ${name}.`);
  return {
    kind: "person",
    personId: person.id,
    sessionId: "",
    email: spec.email,
    name,
    deploymentAdmin: false,
    confirmedAt: new Date(),
    memberships: [{ tenantId: tenant.id, slug: tenant.slug, role: spec.role }],
  };
}
