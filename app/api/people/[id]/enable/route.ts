import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { enablePerson } from "../../../../../lib/services/people/enable-person.ts";

export const POST = route<{ id: string }>(({ actor, params: { id } }) => enablePerson(actor, { id }));

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
