import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { changePasswordInput } from "../../../../lib/contracts/people.ts";
import { changePassword } from "../../../../lib/services/people/change-password.ts";

/** One's own password. Every other session of the person ends. */
export const POST = route(async ({ actor, request }) =>
  changePassword(actor, await readBody(request, changePasswordInput)),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
