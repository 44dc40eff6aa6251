import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { bindIdentityInput } from "../../../../../lib/contracts/sign-in.ts";
import { bindIdentity } from "../../../../../lib/services/identities/bind-identity.ts";
import { unbindIdentity } from "../../../../../lib/services/identities/unbind-identity.ts";

type Params = { id: string };

/** Who this person is at the identity provider. */
export const POST = route<Params>(async ({ actor, request, params: { id } }) =>
  bindIdentity(actor, { who: { id }, ...(await readBody(request, bindIdentityInput)) }),
);

export const DELETE = route<Params>(({ actor, params: { id } }) => unbindIdentity(actor, { id }));

export const { GET, PUT, PATCH } = refuseOtherMethods("POST", "DELETE");
