import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { importInput } from "../../../../lib/contracts/imports.ts";
import { getImport } from "../../../../lib/services/imports/list-imports.ts";

export const GET = route<{ id: string }>(({ actor, request, params }) =>
  getImport(actor, params.id, readSearch(request, importInput)),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
