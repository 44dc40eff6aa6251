import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { getSignInOverview } from "../../../lib/services/identities/get-sign-in-overview.ts";

/** How people sign in to the deployment; for its administrators. */
export const GET = route(({ actor }) => getSignInOverview(actor));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
