import type { Role } from "../../core/access/role.ts";
import { findPerson } from "../../db/person.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";

export type AddMemberInput = { readonly tenant: string; readonly email: string; readonly role: Role };

/** Makes a person a member of a tenant. Visible in his next request. */
export const addMember = mutation<AddMemberInput, { personId: string }>({
  permission: "policy:write",
  event: "membership.created",
  changesConfig: false,
  run: async ({ tx, tenant, at }, input) => {
    const person = await findPerson(tx, input.email.trim().toLowerCase());
    if (!person) throw new Refusal("not_found", "Nobody signs in under this name.");
    const there = await tx.membership.findFirst({
      where: { tenantId: tenant.tenantId, personId: person.id },
    });
    if (there) throw new Refusal("conflict", "This person is a member already.");
    await tx.membership.createMany({
      data: [{ tenantId: tenant.tenantId, personId: person.id, role: input.role, createdAt: at }],
    });
    return {
      output: { personId: person.id },
      subject: person.id,
      detail: { email: person.email, role: input.role },
    };
  },
});
