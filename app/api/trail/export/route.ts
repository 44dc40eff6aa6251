import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { trailExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportTrail } from "../../../../lib/services/exports/export-trail.ts";

export const GET = route(async ({ actor, request }) =>
  exportResponse(await exportTrail(actor, readSearch(request, trailExportSearch))),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
