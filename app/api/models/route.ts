import { readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { modelsSearch } from "../../../lib/contracts/models.ts";
import { getModels } from "../../../lib/services/models/get-models.ts";

/** What the provider listed, how that changed, and what was used. The catalog is `/api/catalog`. */
export const GET = route(({ actor, request }) => getModels(actor, readSearch(request, modelsSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
