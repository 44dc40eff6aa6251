import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { declareApplicationInput } from "../../../../lib/contracts/applications.ts";
import { tenantName } from "../../../../lib/contracts/tenants.ts";
import { declareApplication } from "../../../../lib/services/applications/declare-application.ts";

const input = declareApplicationInput.extend({ tenant: tenantName });

export const POST = route<{ id: string }>(async ({ actor, request, params }) =>
  declareApplication(actor, { ...(await readBody(request, input)), applicationId: params.id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
