import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerError, errorAnswer, type GatewayErrorCode, GatewayRefusal } from "./answer-error.ts";

/** Answers what the parser refused, and closes: after a broken request nothing on the connection can be trusted. */
export function answerClientError(error: Error, socket: Duplex): void {
  if (!socket.writable || ("code" in error && error.code === "ECONNRESET")) {
    socket.destroy();
    return;
  }
  answerOnSocket(socket, new GatewayRefusal(codeOf(error)));
}

/** Answers a request to become a tunnel, which is never made. */
export function answerConnect(_request: IncomingMessage, socket: Duplex): void {
  socket.on("error", () => socket.destroy());
  answerOnSocket(
    socket,
    new GatewayRefusal("unknown_path", { message: "CONNECT is not answered here. Nothing was sent." }),
  );
}

/** What the parser lets pass and HTTP forbids. True: answered. */
export function answerInvalidHead(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.headers.host !== undefined || request.httpVersion === "1.0") return false;
  const refusal = new GatewayRefusal("invalid_http", {
    message: "The request has no Host header. Nothing was sent.",
  });
  answerError(response, refusal, { connection: "close" });
  return true;
}

/** Answers where there is no response to answer with, and closes. */
export function answerOnSocket(
  socket: Duplex,
  refusal: GatewayRefusal,
  headers: Readonly<Record<string, string>> = {},
): void {
  const answer = errorAnswer(refusal, headers);
  const head = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    [`HTTP/1.1 ${answer.status} Refused`, ...head, "connection: close", "", answer.body].join("\r\n"),
  );
}

function codeOf(error: Error): GatewayErrorCode {
  const code = "code" in error ? error.code : "";
  if (code === "HPE_HEADER_OVERFLOW") return "header_too_large";
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? "request_timeout" : "invalid_http";
}
