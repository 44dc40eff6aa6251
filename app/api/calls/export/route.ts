import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { callExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportCalls } from "../../../../lib/services/exports/export-calls.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, callExportSearch);
    within(search.tenant);
    return exportResponse(await exportCalls(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
