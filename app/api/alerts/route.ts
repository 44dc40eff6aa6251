import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { tenantInput } from "../../../lib/contracts/tenants.ts";
import { getAlerts } from "../../../lib/services/alerts/get-alerts.ts";

export const GET = route(({ actor, request }) => getAlerts(actor, readSearch(request, tenantInput).tenant));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
