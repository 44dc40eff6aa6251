import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { disablePerson } from "../../../../../lib/services/people/disable-person.ts";

export const POST = route<{ id: string }>(({ actor, params: { id } }) => disablePerson(actor, { id }));

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
