import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { trailExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportTrail } from "../../../../lib/services/exports/export-trail.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, trailExportSearch);
    within(search.tenant);
    return exportResponse(await exportTrail(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
