import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { retentionInput } from "../../../lib/contracts/retention.ts";
import { tenantInput } from "../../../lib/contracts/tenants.ts";
import { getRetention } from "../../../lib/services/retention/get-retention.ts";
import { requestRetention } from "../../../lib/services/retention/request-retention.ts";

export const GET = route(({ actor, request }) =>
  getRetention(actor, readSearch(request, tenantInput).tenant),
);

export const POST = route(
  async ({ actor, request }) => requestRetention(actor, await readBody(request, retentionInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
