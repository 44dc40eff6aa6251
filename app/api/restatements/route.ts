import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { restatementInput } from "../../../lib/contracts/restatements.ts";
import { tenantInput } from "../../../lib/contracts/tenants.ts";
import { createRestatement } from "../../../lib/services/restatements/create-restatement.ts";
import { listRestatements } from "../../../lib/services/restatements/list-restatements.ts";

export const GET = route(({ actor, request }) =>
  listRestatements(actor, readSearch(request, tenantInput).tenant),
);

export const POST = route(
  async ({ actor, request }) => createRestatement(actor, await readBody(request, restatementInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
