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
export function tellSocketTo(listener: SocketListener): void {
  starting = listener;
}

let starting: SocketListener | null = null;

subscribe("undici:client:sendHeaders", (message) => {
  const { socket, headers } = message as { socket: Socket; headers: string };
  const listener = starting;
  starting = null;
  // The head is followed by `content-length: n`, CRLF, CRLF, which this text does not hold.
  listener?.(socket, headers.length);
});
