import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { replaceCredentialInput, tenantName } from "../../../../../lib/contracts/tenants.ts";
import { replaceCredential } from "../../../../../lib/services/credentials/replace-credential.ts";

const input = replaceCredentialInput.extend({ tenant: tenantName });

export const POST = route<{ id: string }>(
  async ({ actor, request, params }) =>
    replaceCredential(actor, { ...(await readBody(request, input)), credentialId: params.id }),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
