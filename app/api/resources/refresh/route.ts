import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { resourceKey } from "../../../../lib/contracts/resources.ts";
import { askForRefresh } from "../../../../lib/services/resources/ask-for-refresh.ts";

export const POST = route(
  async ({ actor, request, within }) => {
    const key = await readBody(request, resourceKey);
    within(key.tenant);
    return askForRefresh(actor, key);
  },
  { costly: "reading" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
