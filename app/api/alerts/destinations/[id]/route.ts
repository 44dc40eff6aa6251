import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { changeDestinationInput } from "../../../../../lib/contracts/alerts.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import {
  changeDestination,
  removeDestination,
} from "../../../../../lib/services/alerts/change-destination.ts";

type Params = { id: string };

export const PATCH = route<Params>(async ({ actor, request, params: { id } }) =>
  changeDestination(actor, { ...(await readBody(request, changeDestinationInput)), id }),
);

export const DELETE = route<Params>(async ({ actor, request, params: { id } }) =>
  removeDestination(actor, { ...(await readBody(request, tenantInput)), id }),
);

export const { GET, POST, PUT } = refuseOtherMethods("PATCH", "DELETE");
