import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { importPartLimits, previewImportInput } from "../../../../lib/contracts/imports.ts";
import { previewImport } from "../../../../lib/services/imports/preview-import.ts";

/** trust: the first records of a file, read in memory and let go. */
export const POST = route(async ({ actor, request }) =>
  previewImport(actor, await readBody(request, previewImportInput, importPartLimits.bodyBytesMax)),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
