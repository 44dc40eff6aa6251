import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { accountsSearch, addAccountInput } from "../../../lib/contracts/accounts.ts";
import { addAccount } from "../../../lib/services/accounts/add-account.ts";
import { getAccounts } from "../../../lib/services/accounts/get-accounts.ts";

export const GET = route(async ({ actor, request }) =>
  getAccounts(actor, readSearch(request, accountsSearch).tenant),
);

export const POST = route(
  async ({ actor, request }) => addAccount(actor, await readBody(request, addAccountInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
