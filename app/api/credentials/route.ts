import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { createCredentialInput, tenantName } from "../../../lib/contracts/tenants.ts";
import { createCredential } from "../../../lib/services/credentials/create-credential.ts";

const input = createCredentialInput.extend({ tenant: tenantName });

export const POST = route(
  async ({ actor, request }) => createCredential(actor, await readBody(request, input)),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
