import type { Role } from "../../core/access/role.ts";
import { beginMembership, endMembership, findMembership } from "../../db/membership.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";
import { touchAccount } from "./touch-account.ts";

export type ChangeRoleInput = { readonly tenant: string; readonly personId: string; readonly role: Role };

/** Gives a member another role, from his next request on. Refuses to leave a tenant without an admin. */
export const changeRole = mutation<ChangeRoleInput, void>({
  permission: "person:write",
  event: "membership.role_changed",
  changesConfig: false,
  run: async (context, { personId, role }) => {
    const { tx, tenant, at } = context;
    const { tenantId } = tenant;
    const place = { tenantId, personId };
    const present = isUuid(personId) ? await findMembership(tx, place) : null;
    if (!present) throw new Refusal("not_found", "There is no such member of the tenant.");
    if (present.role === role) throw new Refusal("conflict", `This person is ${role} already.`);
    await keepAnAdmin(tx, place, present.role);
    await endMembership(tx, place, at);
    await beginMembership(tx, { ...place, role, at });
    await touchAccount(context, personId, "role_changed");
    return {
      output: undefined,
      subject: personId,
      detail: { email: present.email, role, roleBefore: present.role },
    };
  },
});
