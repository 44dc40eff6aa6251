import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { withdrawItemInput } from "../../../../../lib/contracts/register.ts";
import { withdrawItem } from "../../../../../lib/services/register/record-item.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  withdrawItem(actor, { ...(await readBody(request, withdrawItemInput)), id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
