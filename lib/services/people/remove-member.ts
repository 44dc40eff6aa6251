import { endMembership, findMembership } from "../../db/membership.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";

export type RemoveMemberInput = {
  readonly tenant: string;
  readonly personId: string;
  /** Said by whoever removes himself, so that nobody does it by mistake. */
  readonly leaving?: boolean;
};

/**
 * Ends a membership: from his next request on the person sees nothing of the tenant. What he did stays in its log. Refuses to
 * leave a tenant without an admin.
 */
export const removeMember = mutation<RemoveMemberInput, void>({
  permission: "person:write",
  event: "membership.removed",
  changesConfig: false,
  run: async ({ tx, actor, tenant: { tenantId }, at }, { personId, leaving = false }) => {
    const place = { tenantId, personId };
    const present = isUuid(personId) ? await findMembership(tx, place) : null;
    if (!present) throw new Refusal("not_found", "There is no such member of the tenant.");
    if (actor.kind === "person" && actor.personId === personId && !leaving)
      throw new Refusal("conflict", "This is yourself. Say that you want to leave the tenant.");
    await keepAnAdmin(tx, place, present.role);
    await endMembership(tx, place, at);
    return { output: undefined, subject: personId, detail: { email: present.email, role: present.role } };
  },
});
