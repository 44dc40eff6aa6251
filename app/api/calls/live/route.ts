import { readSessionToken } from "../../../../lib/auth/next-auth.ts";
import { readSearch } from "../../../../lib/auth/read-input.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { route } from "../../../../lib/auth/route.ts";
import { newCallSearch } from "../../../../lib/contracts/calls.ts";
import { tenantsFor } from "../../../../lib/services/access.ts";
import { readHeads } from "../../../../lib/services/calls/cursors.ts";
import { followCalls } from "../../../../lib/services/calls/follow-calls.ts";
import { followStream } from "./follow-stream.ts";

/** An `EventSource` connects again by itself, with nobody there, and can send no header that says so. */
const streamOptions = { unattended: true };

/** Calls as they are recorded, as server-sent events; `/api/calls/new` says the same to those who ask. */
export const GET = route(async ({ actor, request }) => {
  const asked = readSearch(request, newCallSearch);
  // A browser that was cut off says where it stood.
  const after = request.headers.get("last-event-id") || asked.after;
  readHeads(after);
  await tenantsFor(actor, "call:read", asked.tenant);
  const token = (await readSessionToken()) ?? "";
  const stopping = new AbortController();
  request.signal.addEventListener("abort", () => stopping.abort());
  const events = followCalls(token, { ...asked, after }, { signal: stopping.signal });
  return new Response(followStream(events, stopping), {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}, streamOptions);

export const { POST, PUT, PATCH, DELETE } = refuseOtherMethods("GET");
