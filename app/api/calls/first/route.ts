import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { firstCallSearch } from "../../../../lib/contracts/connectivity.ts";
import { findFirstCall } from "../../../../lib/services/calls/find-first-call.ts";

/** Asked by who waits for an application's first call. */
export const GET = route(({ actor, request }) => findFirstCall(actor, readSearch(request, firstCallSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
