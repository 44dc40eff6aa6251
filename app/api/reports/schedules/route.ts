import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { scheduleInput } from "../../../../lib/contracts/reports.ts";
import { scheduleReport } from "../../../../lib/services/reports/schedule-report.ts";

export const POST = route(
  async ({ actor, request }) => scheduleReport(actor, await readBody(request, scheduleInput)),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
