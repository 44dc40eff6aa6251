import { readBody } from "../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../lib/auth/route.ts";
import { createPersonInput } from "../../../lib/contracts/people.ts";
import { createPerson } from "../../../lib/services/people/create-person.ts";
import { listPeople } from "../../../lib/services/people/list-people.ts";

export const GET = route(({ actor }) => listPeople(actor));

export const POST = route(
  async ({ actor, request }) => createPerson(actor, await readBody(request, createPersonInput)),
  { status: 201 },
);

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
