import type { IncomingMessage } from "node:http";

/** A body that nobody reads is let go for a while, so that its caller can read the answer; then the connection ends. */
export function letGo(request: IncomingMessage, msMax: number): void {
  if (request.complete || request.destroyed) return;
  request.resume();
  const late = setTimeout(() => request.socket.destroy(), msMax);
  request.once("close", () => clearTimeout(late));
}
