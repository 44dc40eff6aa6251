import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { placeHoldInput } from "../../../../lib/contracts/retention.ts";
import { placeHold } from "../../../../lib/services/retention/request-retention.ts";

export const POST = route(
  async ({ actor, request }) => placeHold(actor, await readBody(request, placeHoldInput)),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
