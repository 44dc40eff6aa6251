import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { findingExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportFindings } from "../../../../lib/services/exports/export-findings.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, findingExportSearch);
    within(search.tenant);
    return exportResponse(await exportFindings(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
