import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { trailSearch } from "../../../lib/contracts/trail.ts";
import { listTrail } from "../../../lib/services/trail/list-trail.ts";

export const GET = route(({ actor, request }) => listTrail(actor, readSearch(request, trailSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
