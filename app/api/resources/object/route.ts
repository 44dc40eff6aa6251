import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { resourceKey } from "../../../../lib/contracts/resources.ts";
import { getResource } from "../../../../lib/services/resources/get-resource.ts";

export const GET = route(({ actor, request }) => getResource(actor, readSearch(request, resourceKey)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
