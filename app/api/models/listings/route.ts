import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { fetchListingInput } from "../../../../lib/contracts/models.ts";
import { webSettings } from "../../../../lib/env/web-settings.ts";
import { askForModels } from "../../../../lib/services/models/ask-for-models.ts";
import { allowPlaygroundCall } from "../../../../lib/services/playground/allow-playground-call.ts";

/** Asks the provider for its models through the gateway, under the tenant's policy; the gateway keeps the list. */
export const POST = route(
  async ({ actor, request, within }) => {
    const { tenant, host } = await readBody(request, fetchListingInput);
    within(tenant);
    const token = await allowPlaygroundCall(actor, { tenant, target: host });
    return askForModels({ gatewayUrl: webSettings().gatewayUrl, token, signal: request.signal });
  },
  { costly: "probe" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
