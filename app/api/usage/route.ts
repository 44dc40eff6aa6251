import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { usageSearch } from "../../../lib/contracts/usage.ts";
import { getUsage } from "../../../lib/services/usage/get-usage.ts";

export const GET = route(({ actor, request }) => getUsage(actor, readSearch(request, usageSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
