import { readBody, readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { confirmationSearch, confirmInput } from "../../../../lib/contracts/confirmation.ts";
import { confirmOneself } from "../../../../lib/services/confirmation/confirm-session.ts";
import { getConfirmation } from "../../../../lib/services/confirmation/get-confirmation.ts";
import { demandRoomFor } from "../../../../lib/services/costly/begin-work.ts";

/** Whether the reader has to show that the session is his before he does something dangerous, and how; before an export, whether there is room. */
export const GET = route(async ({ actor, request }) => {
  if (readSearch(request, confirmationSearch).before === "export") demandRoomFor(actor, "export");
  return getConfirmation(actor);
});

/** He shows it. */
export const POST = route(async ({ actor, request }) =>
  confirmOneself(actor, await readBody(request, confirmInput)),
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
