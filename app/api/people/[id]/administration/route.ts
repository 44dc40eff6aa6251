import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { grantAdministration } from "../../../../../lib/services/people/grant-administration.ts";
import { withdrawAdministration } from "../../../../../lib/services/people/withdraw-administration.ts";

export const POST = route<{ id: string }>(({ actor, params: { id } }) => grantAdministration(actor, { id }));

export const DELETE = route<{ id: string }>(({ actor, params: { id } }) =>
  withdrawAdministration(actor, { id }),
);

export const { GET, PUT, PATCH } = refuseOtherMethods("POST", "DELETE");
