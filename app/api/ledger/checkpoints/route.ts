import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { checkpointSearch } from "../../../../lib/contracts/ledger.ts";
import { listCheckpoints } from "../../../../lib/services/ledger/list-checkpoints.ts";

export const GET = route(({ actor, request }) =>
  listCheckpoints(actor, readSearch(request, checkpointSearch)),
);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
