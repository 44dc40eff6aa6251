import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { resourceExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportResources } from "../../../../lib/services/exports/export-resources.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, resourceExportSearch);
    within(search.tenant);
    return exportResponse(await exportResources(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
