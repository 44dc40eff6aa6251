import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { inTenantInput } from "../../../../../lib/contracts/reports.ts";
import { cancelReport } from "../../../../../lib/services/reports/cancel-report.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) => {
  const { tenant } = await readBody(request, inTenantInput);
  await cancelReport(actor, { tenant, id: params.id });
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
