import { readBody } from "../../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../../lib/auth/route.ts";
import { subjectInput } from "../../../../../lib/contracts/retention.ts";
import { findSubject } from "../../../../../lib/services/retention/request-erasure.ts";

// A body and no query string: an address is written down in many places, and this names a person.
export const POST = route(async ({ actor, request }) =>
  findSubject(actor, await readBody(request, subjectInput)),
);

export const { GET, PUT, PATCH, DELETE } = refuseOtherMethods("POST");
