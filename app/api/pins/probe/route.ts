import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { probePinInput, tenantName } from "../../../../lib/contracts/tenants.ts";
import { webSettings } from "../../../../lib/env/web-settings.ts";
import { askPinProbe } from "../../../../lib/services/pins/ask-pin-probe.ts";
import { recordPinProbe, startPinProbe } from "../../../../lib/services/pins/probe-pin.ts";

const input = probePinInput.extend({ tenant: tenantName });

/** The gateway asks, because this process cannot open a provider key. Permitted and written down before anything is sent. */
export const POST = route(
  async ({ actor, request, within }) => {
    const wish = await readBody(request, input);
    within(wish.tenant);
    const { token } = await startPinProbe(actor, wish);
    const answers = await askPinProbe(webSettings().gatewayUrl, token);
    return recordPinProbe(actor, { ...wish, ...answers });
  },
  { costly: "probe" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
