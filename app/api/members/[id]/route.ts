import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { changeRoleInput, removeMemberInput } from "../../../../lib/contracts/people.ts";
import { changeRole } from "../../../../lib/services/people/change-role.ts";
import { removeMember } from "../../../../lib/services/people/remove-member.ts";

/** `id`: of the person. */
export const PATCH = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  changeRole(actor, { ...(await readBody(request, changeRoleInput)), personId: id }),
);

export const DELETE = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  removeMember(actor, { ...(await readBody(request, removeMemberInput)), personId: id }),
);

export const { GET, POST, PUT } = refuseOtherMethods("PATCH", "DELETE");
