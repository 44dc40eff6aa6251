import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { nameProjectInput, tenantName } from "../../../../../lib/contracts/tenants.ts";
import { nameProject } from "../../../../../lib/services/credentials/name-project.ts";

const input = nameProjectInput.extend({ tenant: tenantName });

export const POST = route<{ id: string }>(async ({ actor, request, params }) =>
  nameProject(actor, { ...(await readBody(request, input)), credentialId: params.id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
