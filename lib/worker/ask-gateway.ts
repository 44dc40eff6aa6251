import { asToken, field } from "../core/calls/json-fields.ts";
import type { AskProblem } from "../core/resources/upkeep.ts";
import type { AskAnswer, AskGateway } from "../services/resources/refresh-resources.ts";

const answerMs = 20_000;

/** Asks through the gateway at this address. Never throws: no answer is an answer. */
export function askGateway(gatewayUrl: string): AskGateway {
  return async ({ path, token }) => {
    try {
      const answer = await fetch(new URL(path, gatewayUrl), {
        redirect: "error",
        signal: AbortSignal.timeout(answerMs),
        headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      });
      const json: unknown = await answer.json().catch(() => null);
      return answerOf(answer, json);
    } catch {
      return { problem: "gateway_away", status: null, callId: null };
    }
  };
}

/** trust: of the provider's words only the state is read. */
function answerOf({ ok, status, headers }: Response, json: unknown): AskAnswer {
  const callId = headers.get("x-domicile-call-id");
  if (ok) return { problem: null, status: asToken(field(json, "status"), 40), callId };
  const code = field(field(json, "error"), "code");
  return { problem: problemOf(status, code, headers.has("x-domicile-host")), status: null, callId };
}

/** `dialled`: the gateway had chosen a host and gone on; before that every refusal is its own. */
function problemOf(status: number, code: unknown, dialled: boolean): AskProblem {
  if (code === "no_provider_credential") return "no_key";
  if (code === "region_blocked" || code === "endpoint_not_eligible") return "policy";
  if (!dialled) return "gateway_refused";
  if (typeof code === "string" && code.startsWith("upstream_")) return "unreachable";
  if (status === 404) return "not_found";
  if (status === 401 || status === 403) return "not_allowed";
  return status === 429 ? "provider_busy" : "provider_failed";
}
