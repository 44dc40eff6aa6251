import { countOtherDeploymentAdmins } from "../../db/person.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";

/**
 * Refuses to take the deployment from oneself, or from the last administrator who may sign in: nobody could make another one.
 * Holds because every change of people waits for the lock of the deployment's log.
 */
export async function keepADeploymentAdmin(
  tx: PrismaTransaction,
  actor: Actor,
  person: { readonly id: string; readonly deploymentAdmin: boolean; readonly disabledAt: Date | null },
): Promise<void> {
  if (actor.kind === "person" && actor.personId === person.id)
    throw new Refusal("conflict", "This is yourself. Another administrator of the deployment has to do it.");
  if (!person.deploymentAdmin || person.disabledAt) return;
  if ((await countOtherDeploymentAdmins(tx, person.id)) === 0)
    throw new Refusal("conflict", "This is the last administrator of the deployment who may sign in.");
}
