import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { getCatalogVersion } from "../../../../../lib/services/catalog/get-catalog.ts";

/** One version, with what it changed. */
export const GET = route<{ version: string }>(({ actor, params }) =>
  getCatalogVersion(actor, Number(params.version)),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
