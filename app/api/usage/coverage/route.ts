import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { coverageSearch } from "../../../../lib/contracts/coverage.ts";
import { getCoverage } from "../../../../lib/services/usage/get-coverage.ts";

export const GET = route(({ actor, request }) => getCoverage(actor, readSearch(request, coverageSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
