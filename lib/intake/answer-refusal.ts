import type { IncomingMessage, ServerResponse } from "node:http";
import type { IntakeRoute } from "./body-kind.ts";
import type { IntakeRefusal } from "./intake-refusal.ts";
import { answerFailure, encodingOf } from "./otlp/export-answer.ts";

/** Answers a refused request in the shape that its senders know. */
export function answerRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: IntakeRefusal,
  route: IntakeRoute | null,
): void {
  if (response.destroyed || response.headersSent) {
    response.destroy();
    return;
  }
  const { retryAfterS } = refusal;
  // OTLP's exporters give up after 500 (OTLP 1.9, "Retryable Response Codes"), and nothing is wrong with what they sent.
  const status = route === "otlp" && refusal.status === 500 ? 503 : refusal.status;
  const { contentType, body } = route === "otlp" ? statusOf(request, refusal) : errorOf(refusal);
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    ...(retryAfterS === null ? {} : { "retry-after": String(retryAfterS) }),
    ...(status === 405 ? { allow: "POST" } : {}),
    // What of a refused body is still to come is not read.
    ...(request.complete ? {} : { connection: "close" }),
  });
  response.end(body);
}

/** As the gateway says it to clients of OpenAI. */
function errorOf({ code, message, type }: IntakeRefusal) {
  return {
    contentType: "application/json; charset=utf-8",
    body: JSON.stringify({ error: { message, type, param: null, code } }),
  };
}

/** Codes of gRPC by HTTP status: INVALID_ARGUMENT, UNAUTHENTICATED, … (google/rpc/code.proto). Any other is INTERNAL. */
const grpcCodes: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  405: 12,
  408: 4,
  413: 3,
  415: 3,
  429: 8,
  503: 14,
};

/** OTLP's exporters read `google.rpc.Status`; our code stands before its message. */
function statusOf({ headers }: IncomingMessage, { code, message, status }: IntakeRefusal) {
  const encoding = encodingOf(headers["content-type"]) ?? "json";
  return answerFailure(encoding, grpcCodes[status] ?? 13, `${code}: ${message}`);
}
