import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import type { Dispatcher } from "undici";
import type { AttemptProgress, PeerEvidence, TransportFailure } from "../../core/calls/attempt-facts.ts";
import { peerOf } from "../../http/connector.ts";
import { transportFailure } from "../../http/dial-failure.ts";
import type { OutgoingBody } from "../body/received-body.ts";
import type { Dialler } from "./dialler.ts";
import { tellSocketTo } from "./request-socket.ts";

export type OutgoingRequest = {
  readonly host: string;
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: OutgoingBody;
};

/** What comes back, as it comes. `answered` comes at most once and before `data`; `ended` exactly once, at last. */
export type AttemptListener = {
  answered(status: number, headers: IncomingHttpHeaders): void;
  /** False: stop until `resume()`. */
  data(chunk: Buffer): boolean;
  /** `error` is null for a whole answer. */
  ended(error: Error | null): void;
};

/** One dial: what is known of it at any moment, and the reins. */
export type Attempt = {
  readonly seen: Seen;
  resume(): void;
  /** Ends the connection. Answers false where it was over already. `failure` is what the record will say. */
  abort(failure: TransportFailure | null): boolean;
};

export type Seen = {
  progress: AttemptProgress;
  peer: PeerEvidence | null;
  /** Bytes of head and body handed to the socket's peer; an estimate below the real number while `partial`. */
  requestBytes: number;
  responseBytes: number;
  status: number | null;
  failure: TransportFailure | null;
  /** `performance.now()` when the head was handed over, and when the first byte of the answer came. */
  sentAt: number | null;
  firstByteAt: number | null;
  /** From the start of the dial to its end. */
  durationMs: number;
};

/**
 * Sends one request to one host, once. Nothing here retries: what has left has left.
 *
 * crash: the intent of the call must be durable before this is called.
 */
export function startAttempt(dialler: Dialler, request: OutgoingRequest, listener: AttemptListener): Attempt {
  const seen = nothingSent();
  const origin = `https://${request.host}`;
  const began = performance.now();
  const { body } = request;
  const meter = createMeter(body);
  let controller: Dispatcher.DispatchController | null = null;
  let over = false;
  let abortedBefore = false;
  let aborting = false;

  const end = (error: Error | null): void => {
    if (over) return;
    over = true;
    seen.durationMs = performance.now() - began;
    if (error && !aborting) seen.failure = transportFailure(error);
    if (seen.sentAt !== null) {
      seen.progress = meter.isWhole(seen.status !== null) ? "sent" : "partial";
      seen.requestBytes = meter.written();
    }
    listener.ended(error);
  };

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (abortedBefore) {
        started.abort(new Error("The client went away before the request was sent."));
        return;
      }
      tellSocketTo(origin, (socket, headBytes) => {
        seen.sentAt = performance.now();
        seen.progress = "partial";
        seen.peer = peerOf(socket);
        meter.start(socket, headBytes);
      });
    },
    onRequestUpgrade(started) {
      started.abort(new Error("The provider tried to change the protocol."));
    },
    onResponseStart(_started, status, headers) {
      // 1xx says nothing yet.
      if (status < 200) return;
      seen.status = status;
      seen.firstByteAt = performance.now();
      listener.answered(status, headers as IncomingHttpHeaders);
    },
    onResponseData(started, chunk) {
      seen.responseBytes += chunk.byteLength;
      if (!listener.data(chunk)) started.pause();
    },
    onResponseEnd() {
      end(null);
    },
    onResponseError(_started, error) {
      end(error);
    },
  };

  try {
    dialler.dispatch(
      request.host,
      {
        origin,
        method: request.method as Dispatcher.HttpMethod,
        path: request.path,
        headers: headersOf(request),
        body: body.kind === "none" ? null : body.kind === "held" ? body.bytes : body.upload.stream,
        // A request that was handed over is never sent a second time.
        idempotent: false,
      },
      handler,
    );
  } catch (error) {
    // The caller has not got this attempt yet: tell it after it has.
    setImmediate(end, error instanceof Error ? error : new Error(String(error)));
  }

  return {
    seen,
    resume: () => controller?.resume(),
    abort(failure) {
      if (over) return false;
      aborting = true;
      seen.failure = failure;
      const reason = new Error("The call was ended.");
      if (controller) controller.abort(reason);
      else {
        // Waiting for a connection. undici drops the request when its turn comes; the caller need not wait for that.
        abortedBefore = true;
        end(reason);
      }
      return true;
    },
  };
}

/** What is known before anything is. */
export function nothingSent(): Seen {
  return {
    progress: "not_sent",
    peer: null,
    requestBytes: 0,
    responseBytes: 0,
    status: null,
    failure: null,
    sentAt: null,
    firstByteAt: null,
    durationMs: 0,
  };
}

/** A streamed body keeps the length that its caller stated. */
function headersOf({ headers, body }: OutgoingRequest): Record<string, string> {
  if (body.kind !== "streamed" || body.upload.contentLength === null) return headers;
  return { ...headers, "content-length": String(body.upload.contentLength) };
}

/** How much of one request the kernel has taken, on a socket that others used before. */
function createMeter(body: OutgoingBody) {
  let socket: Socket | null = null;
  let before = 0;
  let head = 0;
  const bodyBytes = (): number =>
    body.kind === "none" ? 0 : body.kind === "held" ? body.bytes.byteLength : body.upload.passed();
  const taken = (): number =>
    socket === null ? 0 : Math.max(0, socket.bytesWritten - socket.writableLength - before);
  /** Chunks have sizes between them: then this is a little less than what has to be written. */
  const whole = (): number => head + bodyBytes();
  return {
    start(used: Socket, headBytes: number): void {
      socket = used;
      before = used.bytesWritten;
      const length = body.kind === "held" ? `content-length: ${bodyBytes()}\r\n`.length : 0;
      head = headBytes + length + 2;
    },
    written: (): number => (body.kind === "streamed" ? taken() : Math.min(taken(), whole())),
    /** An answer to a request whose body fits into one write was an answer to all of it. */
    isWhole(answered: boolean): boolean {
      if (body.kind === "streamed") return body.upload.isWhole() && taken() >= whole();
      return taken() >= whole() || (answered && bodyBytes() <= 16_384);
    },
  };
}
