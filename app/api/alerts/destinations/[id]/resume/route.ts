import { readBody } from "../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../../lib/contracts/tenants.ts";
import { resumeDestination } from "../../../../../../lib/services/alerts/change-destination.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params: { id } }) =>
  resumeDestination(actor, { ...(await readBody(request, tenantInput)), id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
