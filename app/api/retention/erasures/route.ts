import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { erasureInput } from "../../../../lib/contracts/retention.ts";
import { requestErasure } from "../../../../lib/services/retention/request-erasure.ts";

export const POST = route(
  async ({ actor, request }) => requestErasure(actor, await readBody(request, erasureInput)),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
