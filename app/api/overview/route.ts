import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { overviewSearch } from "../../../lib/contracts/overview.ts";
import { getOverview } from "../../../lib/services/overview/get-overview.ts";

export const GET = route(({ actor, request }) => getOverview(actor, readSearch(request, overviewSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
