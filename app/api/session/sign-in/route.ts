import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { getOwnSignIn } from "../../../../lib/services/identities/get-own-sign-in.ts";

/** How the reader signs in. */
export const GET = route(({ actor }) => getOwnSignIn(actor));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
