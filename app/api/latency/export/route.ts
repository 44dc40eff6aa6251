import { exportResponse } from "../../../../lib/auth/export-response.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { latencyExportSearch } from "../../../../lib/contracts/exports.ts";
import { exportLatency } from "../../../../lib/services/exports/export-latency.ts";

export const GET = route(
  async ({ actor, request, within }) => {
    const search = readSearch(request, latencyExportSearch);
    within(search.tenant);
    return exportResponse(await exportLatency(actor, search));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
