import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { statePriceInput } from "../../../lib/contracts/prices.ts";
import { getPriceBook } from "../../../lib/services/prices/get-price-book.ts";
import { statePrice } from "../../../lib/services/prices/state-price.ts";

export const GET = route(({ actor }) => getPriceBook(actor));

export const POST = route(
  async ({ actor, request }) => statePrice(actor, await readBody(request, statePriceInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
