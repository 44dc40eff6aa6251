import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { revokeSession } from "../../../../lib/services/sessions/revoke-session.ts";

export const DELETE = route<{ id: string }>(({ actor, params }) => revokeSession(actor, params.id));

export const { GET, POST, PUT, PATCH } = refuseOtherMethods("DELETE");
