import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { playgroundInput, targetOutlookSearch } from "../../../lib/contracts/playground.ts";
import { webSettings } from "../../../lib/env/web-settings.ts";
import { allowPlaygroundCall } from "../../../lib/services/playground/allow-playground-call.ts";
import { listTargetOutlooks } from "../../../lib/services/playground/list-target-outlooks.ts";
import { relayCompletion } from "../../../lib/services/playground/relay-completion.ts";

/** What the policy in force says beforehand about each target. */
export const GET = route(({ actor, request }) =>
  listTargetOutlooks(actor, readSearch(request, targetOutlookSearch)),
);

/** One completion through the gateway, streamed. The prompt is passed on and kept nowhere. */
export const POST = route(async ({ actor, request }) => {
  const { tenant, target, model, prompt } = await readBody(request, playgroundInput);
  const token = await allowPlaygroundCall(actor, { tenant, target });
  const { gatewayUrl } = webSettings();
  return relayCompletion({ gatewayUrl, token, target, model, prompt, signal: request.signal });
});

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
