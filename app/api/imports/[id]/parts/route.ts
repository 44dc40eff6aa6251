import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { importPartInput, importPartLimits } from "../../../../../lib/contracts/imports.ts";
import { takeImportPart } from "../../../../../lib/services/imports/take-import-part.ts";

export const POST = route<{ id: string }>(
  async ({ actor, request, params, within }) => {
    const part = await readBody(request, importPartInput, importPartLimits.bodyBytesMax);
    within(part.tenant);
    return takeImportPart(actor, params.id, part);
  },
  { costly: "import" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
