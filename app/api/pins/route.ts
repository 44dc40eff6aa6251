import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { attestPinInput, tenantName } from "../../../lib/contracts/tenants.ts";
import { attestPin } from "../../../lib/services/pins/attest-pin.ts";

const input = attestPinInput.extend({ tenant: tenantName });

export const POST = route(async ({ actor, request }) => attestPin(actor, await readBody(request, input)), {
  status: 201,
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
