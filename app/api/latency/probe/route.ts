import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { latencyProbeInput } from "../../../../lib/contracts/latency.ts";
import { webSettings } from "../../../../lib/env/web-settings.ts";
import { runProbe } from "../../../../lib/services/latency/run-probe.ts";
import { allowPlaygroundCall } from "../../../../lib/services/playground/allow-playground-call.ts";
import { streamLines } from "../../stream-lines.ts";

/** Small completions to two targets in turn, a line of JSON for each as it ends. */
export const POST = route(
  async ({ actor, request, within }) => {
    const { tenant, ...input } = await readBody(request, latencyProbeInput);
    within(tenant);
    const callToken = (target: string) => allowPlaygroundCall(actor, { tenant, target });
    // Refused as a whole, before the answer begins, where the reader may not send.
    await callToken(input.first);
    const { gatewayUrl } = webSettings();
    return streamLines(runProbe({ ...input, gatewayUrl, callToken, signal: request.signal }));
  },
  { costly: "probe" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
