import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { callRestatements } from "../../../../../lib/services/restatements/call-restatements.ts";

export const GET = route<{ id: string }>(({ actor, params }) => callRestatements(actor, params.id));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
