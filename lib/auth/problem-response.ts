import type { Problem } from "../contracts/problem.ts";
import { log } from "../log.ts";
import { Refusal, type RefusalCode } from "../services/refusal.ts";
import { wordlessError } from "./wordless-error.ts";

/**
 * A refusal in its documented form; anything else is a bug: answered with nothing of it.
 * Neither's words reach the log.
 */
export function problemResponse(error: unknown): Response {
  const problem = error instanceof Refusal ? refusalProblem(error) : bugProblem(error);
  const wait = error instanceof Refusal ? error.retryAfterSeconds : null;
  return Response.json(problem, {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      // RFC 9110, 10.2.3.
      ...(wait === null ? {} : { "retry-after": String(wait) }),
    },
  });
}

const known: Readonly<Record<RefusalCode | "internal", { status: number; title: string }>> = {
  unauthenticated: { status: 401, title: "Not signed in" },
  second_factor_required: { status: 403, title: "Second factor required" },
  confirmation_required: { status: 403, title: "Confirmation required" },
  forbidden: { status: 403, title: "Not allowed" },
  not_independent: { status: 403, title: "Not a second person" },
  cross_origin: { status: 403, title: "Refused from another site" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Conflict" },
  invalid_input: { status: 400, title: "Input not accepted" },
  policy_cannot_be_met: { status: 422, title: "Policy cannot be met" },
  too_many_attempts: { status: 429, title: "Too many attempts" },
  too_much_at_once: { status: 429, title: "Too much at once" },
  internal: { status: 500, title: "Internal error" },
  unavailable: { status: 503, title: "Not available" },
};

function refusalProblem(refusal: Refusal): Problem {
  if (refusal.cause !== undefined)
    log.warn({ code: refusal.code, err: wordlessError(refusal.cause) }, "refused");
  const { status, title } = known[refusal.code];
  return {
    type: `urn:domicile:problem:${refusal.code}`,
    title,
    status,
    code: refusal.code,
    detail: refusal.message,
    ...(refusal.retryAfterSeconds === null ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
    ...(refusal.fields.length > 0 ? { fields: refusal.fields } : {}),
  };
}

function bugProblem(error: unknown): Problem {
  log.error({ err: wordlessError(error) }, "request failed");
  return {
    type: "urn:domicile:problem:internal",
    ...known.internal,
    code: "internal",
    detail: "This did not work because of a fault in Domicile. It is in the log of the web process.",
  };
}
