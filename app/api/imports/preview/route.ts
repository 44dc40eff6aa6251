import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { importPartLimits, previewImportInput } from "../../../../lib/contracts/imports.ts";
import { previewImport } from "../../../../lib/services/imports/preview-import.ts";

/** trust: the first records of a file, read in memory and let go. */
export const POST = route(
  async ({ actor, request, within }) => {
    const input = await readBody(request, previewImportInput, importPartLimits.bodyBytesMax);
    within(input.tenant);
    return previewImport(actor, input);
  },
  { costly: "import" },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
