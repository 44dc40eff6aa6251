import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { findingSearch } from "../../../lib/contracts/findings.ts";
import { listFindings } from "../../../lib/services/findings/list-findings.ts";

export const GET = route(({ actor, request }) => listFindings(actor, readSearch(request, findingSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
