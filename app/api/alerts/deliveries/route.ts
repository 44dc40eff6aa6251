import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { deliverySearch } from "../../../../lib/contracts/alerts.ts";
import { listDeliveries } from "../../../../lib/services/alerts/list-deliveries.ts";

export const GET = route(({ actor, request }) => listDeliveries(actor, readSearch(request, deliverySearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
