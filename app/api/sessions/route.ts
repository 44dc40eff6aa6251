import { route } from "../../../lib/auth/route.ts";
import { listSessions } from "../../../lib/services/sessions/list-sessions.ts";

export const GET = route(({ actor }) => listSessions(actor));
