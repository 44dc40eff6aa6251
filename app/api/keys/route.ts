import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { createKeyInput, tenantName } from "../../../lib/contracts/tenants.ts";
import { createKey } from "../../../lib/services/keys/create-key.ts";

const input = createKeyInput.extend({ tenant: tenantName });

export const POST = route(async ({ actor, request }) => createKey(actor, await readBody(request, input)), {
  status: 201,
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
