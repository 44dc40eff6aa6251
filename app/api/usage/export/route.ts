import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { usageExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportUsage } from "../../../../lib/services/exports/export-usage.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, usageExportSearch);
    within(search.tenant);
    return exportResponse(await exportUsage(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
