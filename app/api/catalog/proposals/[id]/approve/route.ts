import { readBody } from "../../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../../lib/auth/route.ts";
import { catalogDecisionInput } from "../../../../../../lib/contracts/catalog.ts";
import { approveCatalog } from "../../../../../../lib/services/catalog/decide-catalog.ts";

export const POST = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  approveCatalog(actor, { ...(await readBody(request, catalogDecisionInput)), id }),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
