import { fileResponse } from "../../../../lib/auth/file-response.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { getTrustRoot } from "../../../../lib/services/ledger/get-trust-root.ts";

export const GET = route(async ({ actor }) => fileResponse(await getTrustRoot(actor), "application/json"));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
