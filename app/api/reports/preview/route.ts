import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { previewSearch } from "../../../../lib/contracts/reports.ts";
import { previewReport } from "../../../../lib/services/reports/preview-report.ts";

export const GET = route(({ actor, request }) => previewReport(actor, readSearch(request, previewSearch)));

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
