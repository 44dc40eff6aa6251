import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { restatementScope } from "../../../../lib/contracts/restatements.ts";
import { previewRestatement } from "../../../../lib/services/restatements/create-restatement.ts";

/** Reads: a scope is too long for a URL. */
export const POST = route(
  async ({ actor, request, within }) => {
    const scope = await readBody(request, restatementScope);
    within(scope.tenant);
    return previewRestatement(actor, scope);
  },
  { costly: "replay" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
