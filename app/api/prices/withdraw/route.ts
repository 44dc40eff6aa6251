import { readBody } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { withdrawPriceInput } from "../../../../lib/contracts/prices.ts";
import { withdrawPrice } from "../../../../lib/services/prices/withdraw-price.ts";

export const POST = route(async ({ actor, request }) =>
  withdrawPrice(actor, await readBody(request, withdrawPriceInput)),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
