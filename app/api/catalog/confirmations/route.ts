import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { confirmRowInput } from "../../../../lib/contracts/catalog.ts";
import { confirmRow } from "../../../../lib/services/catalog/confirm-row.ts";

export const POST = route(
  async ({ actor, request }) => confirmRow(actor, await readBody(request, confirmRowInput)),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
