import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { importInput } from "../../../../../lib/contracts/imports.ts";
import { finishImport } from "../../../../../lib/services/imports/finish-import.ts";

export const POST = route<{ id: string }>(async ({ actor, request, params }) =>
  finishImport(actor, params.id, await readBody(request, importInput)),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
