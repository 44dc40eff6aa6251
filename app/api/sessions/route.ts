import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { listSessions } from "../../../lib/services/sessions/list-sessions.ts";

export const GET = route(({ actor }) => listSessions(actor));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
