import type { PersonSummary } from "../../contracts/people.ts";
import { allPeople } from "../../db/person.ts";
import type { Actor } from "../actor.ts";
import { demandDeploymentAdmin } from "../mutation.ts";

/** Everybody who may sign in to the deployment, or might before he was disabled. In how many tenants, and not in which. */
export async function listPeople(actor: Actor): Promise<readonly PersonSummary[]> {
  demandDeploymentAdmin(actor);
  const rows = await allPeople();
  return rows.map(({ id, createdAt, disabledAt, lastSignInAt, ...row }) => ({
    ...row,
    personId: id,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    isSelf: actor.kind === "person" && actor.personId === id,
  }));
}
