import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { inTenantInput } from "../../../../../lib/contracts/reports.ts";
import { endSchedule } from "../../../../../lib/services/reports/schedule-report.ts";

export const DELETE = route<{ id: string }>(async ({ actor, request, params }) => {
  const { tenant } = await readBody(request, inTenantInput);
  await endSchedule(actor, { tenant, id: params.id });
});

export const { GET, POST, PUT, PATCH } = refuseOtherMethods("DELETE");
