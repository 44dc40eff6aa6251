import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { getFinding } from "../../../../lib/services/findings/get-finding.ts";

export const GET = route<{ id: string }>(({ actor, params }) => getFinding(actor, params.id));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
