import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { recordItemInput } from "../../../lib/contracts/register.ts";
import { tenantInput } from "../../../lib/contracts/tenants.ts";
import { getRegister } from "../../../lib/services/register/get-register.ts";
import { recordItem } from "../../../lib/services/register/record-item.ts";

export const GET = route(({ actor, request }) => getRegister(actor, readSearch(request, tenantInput).tenant));

export const POST = route(
  async ({ actor, request }) => recordItem(actor, await readBody(request, recordItemInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
