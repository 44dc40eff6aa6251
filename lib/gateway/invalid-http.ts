import type { Duplex } from "node:stream";
import { errorAnswer, type GatewayErrorCode, GatewayRefusal } from "./answer-error.ts";

/** Answers what the parser refused, and closes: after a broken request nothing on the connection can be trusted. */
export function answerClientError(error: Error, socket: Duplex): void {
  if (!socket.writable || ("code" in error && error.code === "ECONNRESET")) {
    socket.destroy();
    return;
  }
  const answer = errorAnswer(new GatewayRefusal(codeOf(error)), {});
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
