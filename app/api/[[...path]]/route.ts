import { problemResponse } from "../../../lib/auth/problem-response.ts";
import { Refusal } from "../../../lib/services/refusal.ts";

/** Every address under `/api` that no other route has, whatever the method and whoever asks. */
function refuse(): Response {
  return problemResponse(new Refusal("not_found", "There is nothing under this address."));
}

export {
  refuse as DELETE,
  refuse as GET,
  refuse as HEAD,
  refuse as OPTIONS,
  refuse as PATCH,
  refuse as POST,
  refuse as PUT,
};
