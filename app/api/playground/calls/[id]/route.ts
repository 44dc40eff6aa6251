import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { getCall } from "../../../../../lib/services/calls/get-call.ts";
import { Refusal } from "../../../../../lib/services/refusal.ts";

/** The call as recorded, or `null` while it is not: asked until it is there, so that is no error here. */
export const GET = route<{ id: string }>(async ({ actor, params }) => {
  try {
    return await getCall(actor, params.id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  }
});

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
