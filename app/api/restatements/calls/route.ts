import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { rangeSearch } from "../../../../lib/contracts/range.ts";
import { listRestatedCalls } from "../../../../lib/services/restatements/list-restated-calls.ts";

export const GET = route(({ actor, request }) => listRestatedCalls(actor, readSearch(request, rangeSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
