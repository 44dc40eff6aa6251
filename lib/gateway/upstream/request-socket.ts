import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** Told once, when the head of its request is about to be written: on which socket, and how long the head is. */
export type SocketListener = (socket: Socket, headBytes: number) => void;

/**
 * Names the request whose head undici writes next. Call it from the request's own `onRequestStart`.
 *
 * undici calls `onRequestStart` and publishes `undici:client:sendHeaders` for the same request one after the
 * other, with nothing in between (undici 8.12, client-h1.js `writeH1`), so the socket told is this request's own.
 * The last connected socket of a pool would often be another one.
 */
export function tellSocketTo(origin: string, listener: SocketListener): void {
  starting = { origin, listener };
}

let starting: { readonly origin: string; readonly listener: SocketListener } | null = null;

subscribe("undici:client:sendHeaders", (message) => {
  const { request, socket, headers } = message as Message;
  const told = starting;
  starting = null;
  if (told?.origin !== String(request.origin)) return;
  // The head is followed by `content-length: n`, CRLF, CRLF, which this text does not hold.
  told.listener(socket, headers.length);
});

type Message = {
  readonly request: { readonly origin: string | URL };
  readonly socket: Socket;
  readonly headers: string;
};
