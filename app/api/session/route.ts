import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";

/** Who is signed in, with the roles as they are now. */
export const GET = route(async ({ actor: { email, name, deploymentAdmin, memberships } }) => ({
  email,
  name,
  deploymentAdmin,
  memberships: memberships.map(({ slug, role }) => ({ tenant: slug, role })),
}));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
