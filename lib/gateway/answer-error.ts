import type { ServerResponse } from "node:http";
import type { PlanCode } from "../core/policies/plan-refusal.ts";

/** Every code of an error that the gateway itself answers. Each has an anchor in `docs/errors.md`. */
export type GatewayErrorCode =
  | PlanCode
  | "body_too_large"
  | "deployment_missing"
  | "evidence_unavailable"
  | "gateway_busy"
  | "header_too_large"
  | "internal_error"
  | "invalid_domicile_header"
  | "invalid_domicile_key"
  | "invalid_http"
  | "invalid_provider_key"
  | "key_address"
  | "key_expired"
  | "key_scope"
  | "live_key_refused"
  | "missing_domicile_key"
  | "missing_provider_key"
  | "no_provider_credential"
  | "policy_missing"
  | "policy_stale"
  | "rate_limited"
  | "request_timeout"
  | "shutting_down"
  | "simulated_key_refused"
  | "too_many_calls"
  | "unknown_path"
  | "upstream_failed"
  | "upstream_redirect"
  | "upstream_timeout"
  | "upstream_unreachable"
  | "wrong_key_kind";

/** `again`: whether the same request may be sent once more; null leaves that to the client. */
type Row = readonly [status: number, type: string, again: false | null, message: string];

const request = "invalid_request_error";
const blocked = "A rule of the tenant's policy refuses this call. Nothing was sent.";

const rows: Readonly<Record<GatewayErrorCode, Row>> = {
  region_blocked: [403, "permission_error", false, blocked],
  model_not_eligible: [403, "permission_error", false, blocked],
  endpoint_not_eligible: [403, "permission_error", false, blocked],
  feature_not_eligible: [403, "permission_error", false, blocked],
  service_tier_not_eligible: [403, "permission_error", false, blocked],
  pin_required: [403, "permission_error", false, blocked],
  unknown_target: [403, "permission_error", false, "The target is no host of the catalog. Nothing was sent."],
  body_too_large: [413, request, false, "The request body is larger than 64 MiB. Nothing was sent."],
  deployment_missing: [
    400,
    request,
    false,
    "This Azure resource is asked by deployment, which `model` names, and the request names none that can stand in a path. Nothing was sent.",
  ],
  evidence_unavailable: [
    503,
    "server_error",
    null,
    "The call cannot be recorded at the moment, so it was not sent. Try again.",
  ],
  gateway_busy: [503, "server_error", null, "Too many large requests at once. Nothing was sent. Try again."],
  header_too_large: [431, request, false, "The request headers are larger than 16 KiB. Nothing was sent."],
  internal_error: [500, "server_error", false, "The gateway failed. The call id finds the cause in its log."],
  invalid_domicile_header: [400, request, false, "A header of Domicile has a value it cannot have."],
  invalid_domicile_key: [401, "authentication_error", false, "This is not a valid Domicile key."],
  invalid_http: [400, request, false, "The request is not valid HTTP/1.1. Nothing was sent."],
  invalid_provider_key: [
    401,
    "authentication_error",
    false,
    "With x-domicile-key, Authorization must hold your own provider key.",
  ],
  key_address: [
    403,
    "permission_error",
    false,
    "This key is not taken from the address the call comes from. Nothing was sent.",
  ],
  key_expired: [401, "authentication_error", false, "This key has ended. Nothing was sent."],
  key_scope: [403, "permission_error", false, "This key may not be used for this. Nothing was sent."],
  live_key_refused: [
    403,
    "permission_error",
    false,
    "This tenant is simulated and takes only keys that begin with sk-sim-. The key was not sent anywhere.",
  ],
  missing_domicile_key: [
    401,
    "authentication_error",
    false,
    "No Domicile key was given. Send it as Authorization: Bearer dom_…, or as x-domicile-key.",
  ],
  missing_provider_key: [
    401,
    "authentication_error",
    false,
    "With x-domicile-key, your own provider key is needed as Authorization: Bearer ….",
  ],
  no_provider_credential: [
    403,
    "permission_error",
    false,
    "The tenant holds no provider key that may be sent to this host. Nothing was sent.",
  ],
  policy_missing: [503, "server_error", false, "The tenant has no policy in force. Nothing was sent."],
  policy_stale: [
    503,
    "server_error",
    null,
    "The policy could not be read for more than 30 seconds. Nothing was sent. Try again.",
  ],
  rate_limited: [429, "rate_limit_error", null, "This key may make no more calls for now. Nothing was sent."],
  request_timeout: [408, request, false, "The request did not arrive in time. Nothing was sent."],
  shutting_down: [503, "server_error", null, "This gateway is stopping. Nothing was sent. Try again."],
  simulated_key_refused: [
    403,
    "permission_error",
    false,
    "This tenant is live and takes no simulated provider key. Nothing was sent.",
  ],
  too_many_calls: [429, "rate_limit_error", null, "Too many calls are open at once. Nothing was sent."],
  unknown_path: [404, request, false, "Unknown path. Nothing was sent."],
  upstream_failed: [502, "server_error", null, "The provider ended the connection before it answered."],
  upstream_redirect: [
    502,
    "server_error",
    false,
    "The provider answered with a redirect, which is never followed.",
  ],
  upstream_timeout: [504, "server_error", null, "The provider did not answer in time."],
  upstream_unreachable: [502, "server_error", null, "The provider could not be reached. Nothing was sent."],
  wrong_key_kind: [403, "permission_error", false, "This key is for recording calls, not for sending them."],
};

export const gatewayErrorCodes = Object.keys(rows) as GatewayErrorCode[];

export type RefusalOptions = {
  readonly message?: string;
  readonly param?: string;
  readonly cause?: unknown;
  readonly retryAfterS?: number;
};

/** A no to the caller: nothing left, or nothing more will. The cause is for the log alone. */
export class GatewayRefusal extends Error {
  override readonly name = "GatewayRefusal";
  readonly code: GatewayErrorCode;
  readonly param: string | null;
  /** Seconds after which the same call may be taken; null: not known. */
  readonly retryAfterS: number | null;

  constructor(code: GatewayErrorCode, options: RefusalOptions = {}) {
    super(options.message ?? rows[code][3], { cause: options.cause });
    this.code = code;
    this.param = options.param ?? null;
    this.retryAfterS = options.retryAfterS ?? null;
  }
}

export type ErrorAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** An error in OpenAI's shape, so that every SDK throws its usual typed error. */
export function errorAnswer(refusal: GatewayRefusal, headers: Readonly<Record<string, string>>): ErrorAnswer {
  const [status, type, again] = rows[refusal.code];
  const body = JSON.stringify({
    error: { message: refusal.message, type, param: refusal.param, code: refusal.code },
  });
  return {
    status,
    headers: {
      ...headers,
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(body)),
      "cache-control": "no-store",
      ...(again === false ? { "x-should-retry": "false" } : {}),
      ...((status === 503 || status === 429) && again === null
        ? { "retry-after": String(refusal.retryAfterS ?? 1) }
        : {}),
    },
    body,
  };
}

/** Answers a call with an error, where nothing was answered yet; else ends the connection. */
export function answerError(
  response: ServerResponse,
  refusal: GatewayRefusal,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const answer = errorAnswer(refusal, headers);
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
