import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { saveCallViewInput } from "../../../../lib/contracts/call-views.ts";
import { listCallViews } from "../../../../lib/services/call-views/list-call-views.ts";
import { saveCallView } from "../../../../lib/services/call-views/save-call-view.ts";

export const GET = route(({ actor }) => listCallViews(actor));

export const POST = route(
  async ({ actor, request }) => saveCallView(actor, await readBody(request, saveCallViewInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
