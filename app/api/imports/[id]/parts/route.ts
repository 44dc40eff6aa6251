import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { importPartInput, importPartLimits } from "../../../../../lib/contracts/imports.ts";
import { takeImportPart } from "../../../../../lib/services/imports/take-import-part.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) =>
  takeImportPart(actor, params.id, await readBody(request, importPartInput, importPartLimits.bodyBytesMax)),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
