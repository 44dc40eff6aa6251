import type { TransportFailure } from "../core/calls/attempt-facts.ts";

/** A dial that ended without an answer, with the step that failed. The cause is for the log alone. */
export class DialFailure extends Error {
  override readonly name = "DialFailure";
  readonly failure: TransportFailure;

  constructor(failure: TransportFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

/** Which step of a dial an error of ours, of Node or of undici speaks about. */
export function transportFailure(error: unknown): TransportFailure {
  if (error instanceof DialFailure) return error.failure;
  const code = codeOf(error);
  if (code.startsWith("HPE_") || protocolCodes.has(code)) return "protocol";
  return byCode[code] ?? "reset";
}

const protocolCodes = new Set([
  "UND_ERR_HEADERS_OVERFLOW",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH",
  "UND_ERR_INVALID_ARG",
]);

const byCode: Readonly<Record<string, TransportFailure>> = {
  UND_ERR_HEADERS_TIMEOUT: "idle",
  UND_ERR_BODY_TIMEOUT: "idle",
  UND_ERR_CONNECT_TIMEOUT: "connect_timeout",
  UND_ERR_ABORTED: "aborted",
  ECONNREFUSED: "tcp",
  EHOSTUNREACH: "tcp",
  ENETUNREACH: "tcp",
};

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
