import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { reportInput, reportsSearch } from "../../../lib/contracts/reports.ts";
import { listReports } from "../../../lib/services/reports/list-reports.ts";
import { requestReport } from "../../../lib/services/reports/request-report.ts";

export const GET = route(({ actor, request }) => listReports(actor, readSearch(request, reportsSearch)));

export const POST = route(
  async ({ actor, request, within }) => {
    const input = await readBody(request, reportInput);
    within(input.tenant);
    return requestReport(actor, input);
  },
  { status: 201, costly: "report" },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
