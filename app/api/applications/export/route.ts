import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { applicationExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportApplications } from "../../../../lib/services/exports/export-applications.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, applicationExportSearch);
    within(search.tenant);
    return exportResponse(await exportApplications(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
