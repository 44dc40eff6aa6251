import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { replaceAccountInput } from "../../../../../lib/contracts/accounts.ts";
import { replaceAccount } from "../../../../../lib/services/accounts/replace-account.ts";

export const POST = route<{ id: string }>(
  async ({ actor, request, params }) =>
    replaceAccount(actor, { ...(await readBody(request, replaceAccountInput)), accountId: params.id }),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
