import type { Role } from "../../core/access/role.ts";
import { accountMaker } from "../../db/account-touch.ts";
import { beginMembership, findMembership } from "../../db/membership.ts";
import { findPerson } from "../../db/person.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { touchAccount } from "./touch-account.ts";

export type AddMemberInput = { readonly tenant: string; readonly email: string; readonly role: Role };

/** Makes a person a member of a tenant. Visible in his next request. */
export const addMember = mutation<AddMemberInput, { personId: string }>({
  permission: "person:write",
  event: "membership.created",
  changesConfig: false,
  run: async (context, input) => {
    const { tx, tenant, at } = context;
    const person = await findPerson(tx, { email: input.email.trim().toLowerCase() });
    if (!person) throw new Refusal("not_found", "Nobody signs in under this name.");
    if (person.disabledAt) throw new Refusal("conflict", "This person is disabled and may not sign in.");
    const place = { tenantId: tenant.tenantId, personId: person.id };
    if (await findMembership(tx, place)) throw new Refusal("conflict", "This person is a member already.");
    await beginMembership(tx, { ...place, role: input.role, at });
    await touchAccount(context, person.id, "membership_made");
    // The account was made before the person was anybody here: who reads the tenant's log learns of it by this.
    const maker = await accountMaker(tx, person.id);
    return {
      output: { personId: person.id },
      subject: person.id,
      detail: {
        email: person.email,
        role: input.role,
        ...(maker === null ? {} : { accountMadeBy: maker.byName, accountMadeAt: maker.at.toISOString() }),
      },
    };
  },
});
