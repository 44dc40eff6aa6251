import { exportResponse } from "../../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { coverageExportSearch } from "../../../../../lib/contracts/exports.ts";
import { exportCoverage } from "../../../../../lib/services/exports/export-coverage.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, coverageExportSearch);
    within(search.tenant);
    return exportResponse(await exportCoverage(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
