import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { linkInput } from "../../../../../lib/contracts/reports.ts";
import { linkReport } from "../../../../../lib/services/reports/link-report.ts";

export const POST = route<{ id: string }>(
  async ({ actor, request, params }) => {
    const { part } = await readBody(request, linkInput);
    return linkReport(actor, { id: params.id, part });
  },
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
