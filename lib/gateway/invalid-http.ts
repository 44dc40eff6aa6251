import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { answerError, errorAnswer, type GatewayErrorCode, GatewayRefusal } from "./answer-error.ts";
import { namedByConnection } from "./headers.ts";

/**
 * Answers what the parser refused, and closes: after a broken request nothing on the connection can be trusted.
 *
 * trust: where another answer is due on this connection, or has begun, whatever is written would be taken for that
 * one or stand in the middle of it. Then the connection ends without a word, and null comes back.
 */
export function answerClientError(error: Error, socket: Duplex): GatewayErrorCode | null {
  const due = dueOn.get(socket);
  if (!socket.writable || ("code" in error && error.code === "ECONNRESET") || !isOwn(due)) {
    socket.destroy();
    return null;
  }
  const code = codeOf(error);
  // Of a body that broke on its way a part may have left.
  const message = code === "invalid_http" && due?.size ? "The request is not valid HTTP/1.1." : undefined;
  answerOnSocket(socket, new GatewayRefusal(code, message === undefined ? {} : { message }));
  return code;
}

/** Remembers that an answer is due on the request's connection. */
export function noteDue({ socket }: IncomingMessage, response: ServerResponse): void {
  const due = dueOn.get(socket) ?? new Set();
  if (due.size === 0) dueOn.set(socket, due);
  due.add(response);
  response.once("close", () => due.delete(response));
}

const dueOn = new WeakMap<Duplex, Set<ServerResponse>>();

/** Whether nothing is due but the answer to the very request that broke. */
function isOwn(due: ReadonlySet<ServerResponse> | undefined): boolean {
  if (due === undefined || due.size === 0) return true;
  const [response] = due;
  return due.size === 1 && response !== undefined && !response.headersSent && !response.req.complete;
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
  const refusal = invalidHead(request);
  if (refusal) answerError(response, refusal, { connection: "close" });
  return refusal !== null;
}

/** null: nothing is wrong with the head. */
export function invalidHead(request: IncomingMessage): GatewayRefusal | null {
  const hosts = countHosts(request.rawHeaders);
  if (hosts > 1) return invalid("The request has more than one Host header.");
  if (hosts === 0 && request.httpVersion !== "1.0") return invalid("The request has no Host header.");
  if (request.url?.includes("#")) return invalid("The address has a fragment, which is never sent.");
  for (const name of namedByConnection(request.headers))
    if (isForBothEnds(name)) return invalid("Connection names a header that is meant for both ends.");
  return null;
}

function invalid(what: string): GatewayRefusal {
  return new GatewayRefusal("invalid_http", { message: `${what} Nothing was sent.` });
}

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  return hosts;
}

/** RFC 9110, 7.6.1: no field that is meant for all recipients may be named; one reader would see it and another not. */
function isForBothEnds(name: string): boolean {
  return (
    /^(content|x-domicile)-/.test(name) ||
    ["authorization", "cache-control", "expect", "host", "transfer-encoding"].includes(name)
  );
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
