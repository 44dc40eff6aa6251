import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import type { PresetSummary } from "../../../lib/contracts/tenants.ts";
import { presets } from "../../../lib/core/policies/presets.ts";

/** The policies a tenant can start with, for whoever creates one by the API. */
export const GET = route(async (): Promise<readonly PresetSummary[]> => presets);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
