import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { resetSecondFactor } from "../../../../../lib/services/second-factor/reset-second-factor.ts";

/** Takes another's second factor away; his password alone signs in again. */
export const DELETE = route<{ id: string }>(({ actor, params: { id } }) => resetSecondFactor(actor, { id }));

export const { GET, POST, PUT, PATCH } = refuseOtherMethods("DELETE");
