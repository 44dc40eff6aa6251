import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import {
  beginSecondFactorInput,
  confirmSecondFactorInput,
  proofInput,
} from "../../../../lib/contracts/sign-in.ts";
import { beginSecondFactor } from "../../../../lib/services/second-factor/begin-second-factor.ts";
import { confirmSecondFactor } from "../../../../lib/services/second-factor/confirm-second-factor.ts";
import { removeSecondFactor } from "../../../../lib/services/second-factor/remove-second-factor.ts";

/** Begins to enrol one. The answer is the only copy of its secret. */
export const POST = route(
  async ({ actor, request }) => beginSecondFactor(actor, await readBody(request, beginSecondFactorInput)),
  { beforeSecondFactor: true },
);

/** The first code: from then on it counts. The answer is the only copy of the recovery codes. */
export const PATCH = route(
  async ({ actor, request }) => confirmSecondFactor(actor, await readBody(request, confirmSecondFactorInput)),
  { beforeSecondFactor: true },
);

export const DELETE = route(async ({ actor, request }) =>
  removeSecondFactor(actor, await readBody(request, proofInput)),
);

export const { GET, PUT } = refuseOtherMethods("POST", "PATCH", "DELETE");
