/** Every code by which the intake refuses a whole request. Each has an anchor in docs/errors.md. */
export type IntakeRefusalCode =
  | "body_too_large"
  | "body_unreadable"
  | "evidence_unavailable"
  | "intake_busy"
  | "internal_error"
  | "invalid_domicile_key"
  | "invalid_http"
  | "key_address"
  | "key_expired"
  | "method_not_allowed"
  | "missing_domicile_key"
  | "rate_limited"
  | "request_timeout"
  | "shutting_down"
  | "too_many_records"
  | "unsupported_encoding"
  | "unsupported_media_type"
  | "wrong_key_kind";

type Row = readonly [status: number, type: string, message: string];

const request = "invalid_request_error";

const rows: Readonly<Record<IntakeRefusalCode, Row>> = {
  body_too_large: [
    413,
    request,
    "The body is larger than the intake takes. Nothing was recorded. Send less at once.",
  ],
  body_unreadable: [400, request, "The body cannot be read. Nothing was recorded."],
  evidence_unavailable: [
    503,
    "server_error",
    "The store cannot be reached. Send it again: nothing is recorded twice.",
  ],
  intake_busy: [
    429,
    "rate_limit_error",
    "The intake has more to do than it can hold. Nothing was recorded. Send it again.",
  ],
  internal_error: [500, "server_error", "The intake failed. Send it again: nothing is recorded twice."],
  invalid_domicile_key: [401, "authentication_error", "This is not a valid Domicile key."],
  invalid_http: [400, request, "Authorization was given more than once. Nothing was recorded."],
  key_address: [
    403,
    "permission_error",
    "This key is not taken from the address the request comes from. Nothing was recorded.",
  ],
  key_expired: [401, "authentication_error", "This key has ended. Nothing was recorded."],
  method_not_allowed: [405, request, "The intake takes POST alone."],
  missing_domicile_key: [
    401,
    "authentication_error",
    "No Domicile key was given. Send it as Authorization: Bearer dom_….",
  ],
  rate_limited: [
    429,
    "rate_limit_error",
    "This key has reported as much as it may for now. Nothing was recorded. Send it again.",
  ],
  request_timeout: [408, request, "The body did not arrive in time. Nothing was recorded."],
  shutting_down: [503, "server_error", "This gateway is stopping. Nothing was recorded. Send it again."],
  too_many_records: [
    413,
    request,
    "The body holds more records than one request may. Nothing was recorded. Send less at once.",
  ],
  unsupported_encoding: [
    415,
    request,
    "The body is compressed in a way that is not known here: gzip, deflate and br are. Nothing was recorded.",
  ],
  unsupported_media_type: [
    415,
    request,
    "The body is of a type that this address does not take. Nothing was recorded.",
  ],
  wrong_key_kind: [
    403,
    "permission_error",
    "This key is for sending calls, not for recording them. Make an intake key.",
  ],
};

export const intakeRefusalCodes = Object.keys(rows) as IntakeRefusalCode[];

/** A no to a whole request: nothing of it was recorded. The cause is for the log alone. */
export class IntakeRefusal extends Error {
  override readonly name = "IntakeRefusal";
  readonly code: IntakeRefusalCode;
  readonly status: number;
  readonly type: string;
  /** Seconds after which the same request may be taken; null: it never will be. */
  readonly retryAfterS: number | null;

  constructor(
    code: IntakeRefusalCode,
    options: { cause?: unknown; message?: string; retryAfterS?: number } = {},
  ) {
    const [status, type, message] = rows[code];
    super(options.message ?? message, { cause: options.cause });
    this.code = code;
    this.status = status;
    this.type = type;
    this.retryAfterS = status === 429 || status === 503 ? (options.retryAfterS ?? 1) : null;
  }
}
