import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { resetPassword } from "../../../../../lib/services/people/reset-password.ts";

/** The answer is the only copy of the new password. */
export const POST = route<{ id: string }>(({ actor, params: { id } }) => resetPassword(actor, { id }));

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
