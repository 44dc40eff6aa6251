import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { connectivityInput } from "../../../lib/contracts/connectivity.ts";
import { webSettings } from "../../../lib/env/web-settings.ts";
import { planConnectivityTest } from "../../../lib/services/connectivity/plan-test.ts";
import { runTest } from "../../../lib/services/connectivity/run-test.ts";
import { allowPlaygroundCall } from "../../../lib/services/playground/allow-playground-call.ts";
import { streamLines } from "../stream-lines.ts";

/** A connectivity test, a line of JSON for each step as it is done. The gateway does it: it alone can open a provider key. */
export const POST = route(
  async ({ actor, request, within }) => {
    const input = await readBody(request, connectivityInput);
    within(input.tenant);
    const planned = await planConnectivityTest(actor, input);
    const { tenant, credentialId, host: target } = input;
    const steps = runTest({
      ...planned,
      gatewayUrl: webSettings().gatewayUrl,
      callToken: () => allowPlaygroundCall(actor, { tenant, target, credentialId }),
      signal: request.signal,
    });
    return streamLines(steps);
  },
  { costly: "probe" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
