import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { getTenant } from "../../../../lib/services/tenants/get-tenant.ts";

export const GET = route<{ tenant: string }>(({ actor, params }) => getTenant(actor, params.tenant));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
