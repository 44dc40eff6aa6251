import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { latencySearch } from "../../../lib/contracts/latency.ts";
import { getLatency } from "../../../lib/services/latency/get-latency.ts";

export const GET = route(({ actor, request }) => getLatency(actor, readSearch(request, latencySearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
