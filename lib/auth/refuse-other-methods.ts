import { Refusal } from "../services/refusal.ts";
import { problemResponse } from "./problem-response.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** Handlers for every method that a route does not have. */
export function refuseOtherMethods(...has: readonly Method[]): Record<Method, () => Response> {
  const refuse = (): Response => {
    const refusal = new Refusal("method_not_allowed", "This address does not take this method.");
    const response = problemResponse(refusal);
    response.headers.set("allow", has.join(", "));
    return response;
  };
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
