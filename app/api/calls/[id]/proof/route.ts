import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { getCallProof } from "../../../../../lib/services/ledger/get-call-proof.ts";

export const GET = route<{ id: string }>(({ actor, params }) => getCallProof(actor, params.id));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
