import { readBody, readSearch } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { createImportInput, importInput } from "../../../lib/contracts/imports.ts";
import { createImport } from "../../../lib/services/imports/create-import.ts";
import { listImports } from "../../../lib/services/imports/list-imports.ts";

export const GET = route(({ actor, request }) => listImports(actor, readSearch(request, importInput)));

export const POST = route(
  async ({ actor, request, within }) => {
    const input = await readBody(request, createImportInput);
    within(input.tenant);
    return createImport(actor, input);
  },
  { status: 201, costly: "import" },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
