import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { streamResponse } from "../../../../../lib/auth/stream-response.ts";
import { takeReport } from "../../../../../lib/services/reports/take-report.ts";

export const GET = route<{ token: string }>(
  async ({ actor, params, within }) => {
    // Before the link is looked at, which is good once: what is refused for now must not use it up.
    within(undefined);
    return streamResponse(await takeReport(actor, params.token));
  },
  { costly: "export" },
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
