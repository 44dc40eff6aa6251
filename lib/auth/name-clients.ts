import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { clientAddress } from "../http/client-address.ts";

/** Header in which `nameClients` says where a request comes from. */
export const clientAddressHeader = "x-domicile-client-address";

// Published by Node's HTTP server before its listener gets the request (nodejs.org/api/diagnostics_channel.html, read 2026-11).
const channel = "http.server.request.start";

/**
 * Writes into each request of this process where it comes from, by the rule of the gateway: Next hands a route no socket, and
 * of `X-Forwarded-For` it sets only what is missing. Answers how to stop.
 *
 * trust: overwrites what a client sent under the header's name.
 */
export function nameClients(trustedHops: number): () => void {
  const name = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    request.headers[clientAddressHeader] = clientAddress(request, trustedHops);
  };
  subscribe(channel, name);
  return () => unsubscribe(channel, name);
}

/** What `nameClients` wrote; null where the peer was gone already. */
export function namedClient(headers: Readonly<Record<string, unknown>>): string | null {
  const address = headers[clientAddressHeader];
  return typeof address === "string" && address !== "" ? address : null;
}
