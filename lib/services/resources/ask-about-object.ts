import { asToken, field } from "../../core/calls/json-fields.ts";
import type { AskProblem } from "../../core/resources/upkeep.ts";
import { askGateway } from "../gateway-client/ask-gateway.ts";
import type { AskAnswer, AskGateway } from "./refresh-resources.ts";

const answerMs = 20_000;

/** Asks about objects through the gateway at this address. No answer is an answer. */
export function askAboutObject(gatewayUrl: string): AskGateway {
  return async ({ path, token }) => {
    const signal = AbortSignal.timeout(answerMs);
    const asked = await askGateway({ gatewayUrl, path, token, accept: "application/json", signal });
    if (asked.response === null) return { problem: "gateway_away", status: null, callId: null };
    const json: unknown = await asked.response.json().catch(() => null);
    return answerOf(asked.response, asked.callId, json);
  };
}

/** trust: of the provider's words only the state is read. */
function answerOf({ ok, status, headers }: Response, callId: string | null, json: unknown): AskAnswer {
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
