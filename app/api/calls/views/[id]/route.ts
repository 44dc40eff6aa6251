import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { changeCallViewInput } from "../../../../../lib/contracts/call-views.ts";
import { tenantInput } from "../../../../../lib/contracts/tenants.ts";
import { changeCallView, deleteCallView } from "../../../../../lib/services/call-views/change-call-view.ts";

export const PATCH = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  changeCallView(actor, { ...(await readBody(request, changeCallViewInput)), id }),
);

export const DELETE = route<{ id: string }>(async ({ actor, params: { id }, request }) =>
  deleteCallView(actor, { ...(await readBody(request, tenantInput)), id }),
);

export const { GET, POST, PUT } = refuseOtherMethods("PATCH", "DELETE");
