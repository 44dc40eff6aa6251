import { readBody } from "../../../lib/auth/read-input.ts";
import { route } from "../../../lib/auth/route.ts";
import { createKeyInput, tenantName } from "../../../lib/contracts/tenants.ts";
import { createKey } from "../../../lib/services/keys/create-key.ts";

const input = createKeyInput.extend({ tenant: tenantName });

export const POST = route(async ({ actor, request }) => createKey(actor, await readBody(request, input)), {
  status: 201,
});
