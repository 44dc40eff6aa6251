import { readBody } from "../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../../lib/contracts/tenants.ts";
import { sendTest } from "../../../../../../lib/services/alerts/send-test.ts";

export const POST = route<{ id: string }>(
  async ({ actor, request, params: { id } }) =>
    sendTest(actor, { ...(await readBody(request, tenantInput)), id }),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
