import type { Role } from "../../core/access/role.ts";
import { beginMembership, findMembership } from "../../db/membership.ts";
import { findPerson } from "../../db/person.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

export type AddMemberInput = { readonly tenant: string; readonly email: string; readonly role: Role };

/** Makes a person a member of a tenant. Visible in his next request. */
export const addMember = mutation<AddMemberInput, { personId: string }>({
  permission: "person:write",
  event: "membership.created",
  changesConfig: false,
  run: async ({ tx, tenant, at }, input) => {
    const person = await findPerson(tx, { email: input.email.trim().toLowerCase() });
    if (!person) throw new Refusal("not_found", "Nobody signs in under this name.");
    if (person.disabledAt) throw new Refusal("conflict", "This person is disabled and may not sign in.");
    const place = { tenantId: tenant.tenantId, personId: person.id };
    if (await findMembership(tx, place)) throw new Refusal("conflict", "This person is a member already.");
    await beginMembership(tx, { ...place, role: input.role, at });
    return {
      output: { personId: person.id },
      subject: person.id,
      detail: { email: person.email, role: input.role },
    };
  },
});
