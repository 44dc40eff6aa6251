import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import type { TransportFailure } from "../../core/calls/attempt-facts.ts";
import { peerOf } from "../../http/connector.ts";
import { transportFailure } from "../../http/dial-failure.ts";
import { readEcho, redirectHost } from "../provider-echo.ts";
import type { Dial } from "../relay.ts";
import { nothingSent, type Seen } from "../upstream/attempt.ts";
import type { Dialler } from "../upstream/dialler.ts";

export type SessionTarget = {
  readonly host: string;
  /** With query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocols: readonly string[];
  /** From the first byte of the request to the end of the answer to it. */
  readonly handshakeMsMax: number;
  /** The caller has left: nobody waits for the answer any more. */
  readonly gone: AbortSignal;
  readonly messageBytesMax: number;
};

/** How a dial ended: in an open session, or in an answer or a failure that is no session. */
export type DialledSession =
  | { readonly kind: "open"; readonly upstream: WebSocket; readonly socket: Socket; readonly dial: Dial }
  | {
      readonly kind: "refused";
      readonly dial: Dial;
      /** null: nothing was answered. */
      readonly answer: {
        readonly status: number;
        readonly contentType: string;
        readonly body: Buffer;
      } | null;
    };

const bodyBytesMax = 64 * 1024;

/**
 * Dials one host on a socket of its own and asks for a web socket there, once. Evidence is of that very socket. Where it
 * throws, the socket is gone.
 *
 * crash: the intent of the call must be durable before this is called.
 */
export async function dialSession(dialler: Dialler, target: SessionTarget): Promise<DialledSession> {
  const startedAt = Date.now();
  const began = performance.now();
  const seen: Seen = nothingSent();
  const dialOf = (headers: IncomingHttpHeaders): Dial => {
    seen.durationMs = performance.now() - began;
    const moved = seen.status !== null && seen.status >= 300 && seen.status < 400;
    return {
      startedAt,
      seen,
      echo: readEcho(headers),
      redirectHost: moved ? redirectHost(headers, target.host) : null,
    };
  };
  let socket: Socket;
  try {
    socket = await dialler.connect(target.host);
  } catch (error) {
    seen.failure = transportFailure(error);
    return { kind: "refused", dial: dialOf({}), answer: null };
  }
  seen.peer = peerOf(socket);
  if (target.gone.aborted) {
    socket.destroy();
    seen.failure = "aborted";
    return { kind: "refused", dial: dialOf({}), answer: null };
  }
  seen.sentAt = performance.now();
  seen.progress = "partial";
  const taken = (): void => {
    seen.requestBytes = Math.max(0, socket.bytesWritten - socket.writableLength);
    seen.responseBytes = socket.bytesRead;
  };
  return new Promise<DialledSession>((resolve) => {
    const upstream = new WebSocket(`wss://${target.host}${target.path}`, [...target.protocols], {
      createConnection: () => socket,
      headers: target.headers,
      perMessageDeflate: false,
      followRedirects: false,
      maxPayload: target.messageBytesMax,
    });
    let answered: IncomingHttpHeaders = {};
    let settled = false;
    const settle = (session: DialledSession): void => {
      if (settled) return;
      settled = true;
      clearTimeout(late);
      target.gone.removeEventListener("abort", left);
      resolve(session);
    };
    const giveUp = (failure: TransportFailure): void => {
      if (settled) return;
      taken();
      seen.failure = failure;
      settle({ kind: "refused", dial: dialOf(answered), answer: null });
      upstream.terminate();
      socket.destroy();
    };
    // ws leaves the time of a handshake to the socket that it makes itself, and this one is ours.
    const late = setTimeout(() => giveUp("idle"), target.handshakeMsMax);
    const left = (): void => giveUp("aborted");
    target.gone.addEventListener("abort", left);
    upstream.on("upgrade", ({ headers, statusCode }) => {
      answered = headers;
      seen.status = statusCode ?? 101;
      seen.firstByteAt = performance.now();
      seen.progress = "sent";
    });
    upstream.once("open", () => {
      // Nothing of the session is lost before somebody listens.
      upstream.pause();
      taken();
      settle({ kind: "open", upstream, socket, dial: dialOf(answered) });
    });
    upstream.once("unexpected-response", (request, response) => {
      seen.status = response.statusCode ?? null;
      seen.firstByteAt = performance.now();
      seen.progress = "sent";
      const chunks: Buffer[] = [];
      let bytes = 0;
      const end = (): void => {
        taken();
        request.destroy();
        const contentType = String(response.headers["content-type"] ?? "application/octet-stream");
        const answer = { status: response.statusCode ?? 502, contentType, body: Buffer.concat(chunks) };
        settle({ kind: "refused", dial: dialOf(response.headers), answer });
      };
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes <= bodyBytesMax) chunks.push(chunk);
        else response.destroy();
      });
      response.once("close", end);
    });
    upstream.on("error", (error) => giveUp(transportFailure(error)));
  }).catch((error: unknown) => {
    socket.on("error", () => undefined);
    socket.destroy();
    throw error;
  });
}
