import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { addMemberInput } from "../../../lib/contracts/people.ts";
import { tenantInput } from "../../../lib/contracts/tenants.ts";
import { addMember } from "../../../lib/services/people/add-member.ts";
import { addNewMember } from "../../../lib/services/people/add-new-member.ts";
import { listMembers } from "../../../lib/services/people/list-members.ts";

export const GET = route(({ actor, request }) => listMembers(actor, readSearch(request, tenantInput).tenant));

export const POST = route(
  async ({ actor, request }) => {
    const { name, ...input } = await readBody(request, addMemberInput);
    if (name !== null) return addNewMember(actor, { ...input, name });
    return { ...(await addMember(actor, input)), password: null };
  },
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
