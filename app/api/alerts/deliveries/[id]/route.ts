import { readSearch } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { getDelivery } from "../../../../../lib/services/alerts/list-deliveries.ts";

export const GET = route<{ id: string }>(({ actor, request, params: { id } }) =>
  getDelivery(actor, readSearch(request, tenantInput).tenant, id),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
