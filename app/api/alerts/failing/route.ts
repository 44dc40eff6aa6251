import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { failingSearch } from "../../../../lib/contracts/alerts.ts";
import { listFailing } from "../../../../lib/services/alerts/list-failing.ts";

export const GET = route(({ actor, request }) => listFailing(actor, readSearch(request, failingSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
