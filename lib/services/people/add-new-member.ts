import type { Role } from "../../core/access/role.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { addMember } from "./add-member.ts";
import { createPerson } from "./create-person.ts";

export type AddNewMemberInput = {
  readonly tenant: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
};

/**
 * Makes somebody who cannot sign in yet, and a member of him; for an admin of the tenant who is one of the deployment, too.
 *
 * crash: between the two there is a person whose password nobody knows: it can be reset, and he be added.
 */
export async function addNewMember(
  actor: Actor,
  { tenant, email, name, role }: AddNewMemberInput,
): Promise<{ readonly personId: string; readonly password: string }> {
  await tenantFor(actor, "person:write", tenant);
  const created = await createPerson(actor, { email, name, deploymentAdmin: false });
  await addMember(actor, { tenant, email, role });
  return created;
}
