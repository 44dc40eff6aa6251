import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { createDestinationInput } from "../../../../lib/contracts/alerts.ts";
import { createDestination } from "../../../../lib/services/alerts/create-destination.ts";

export const POST = route(
  async ({ actor, request }) => createDestination(actor, await readBody(request, createDestinationInput)),
  { status: 201 },
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
