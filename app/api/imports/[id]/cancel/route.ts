import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { importInput } from "../../../../../lib/contracts/imports.ts";
import { endImport } from "../../../../../lib/services/imports/end-import.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) => {
  const { tenant } = await readBody(request, importInput);
  return endImport(actor, { tenant, id: params.id, state: "cancelled" });
});

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
