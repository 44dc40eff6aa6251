import { route } from "../../../../lib/auth/route.ts";
import { revokeSession } from "../../../../lib/services/sessions/revoke-session.ts";

export const DELETE = route<{ id: string }>(({ actor, params }) => revokeSession(actor, params.id));
