import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { getCall } from "../../../../lib/services/calls/get-call.ts";

export const GET = route<{ id: string }>(({ actor, params }) => getCall(actor, params.id));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
