import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { retentionInput } from "../../../../lib/contracts/retention.ts";
import { previewRetention } from "../../../../lib/services/retention/get-retention.ts";

const search = retentionInput.pick({ tenant: true, preset: true });

export const GET = route(({ actor, request }) => previewRetention(actor, readSearch(request, search)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
