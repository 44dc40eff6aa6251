import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { replayInput } from "../../../../lib/contracts/replays.ts";
import { replayPeriod } from "../../../../lib/services/policies/replay-period.ts";

/** Reads: a policy that is not saved yet is too long for a URL. */
export const POST = route(
  async ({ actor, request, within }) => {
    const input = await readBody(request, replayInput);
    within(input.tenant);
    return replayPeriod(actor, input);
  },
  { costly: "replay" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
