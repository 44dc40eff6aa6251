import type { IncomingMessage } from "node:http";

type Request = Pick<IncomingMessage, "socket" | "headers">;

/**
 * Where a request comes from: the peer of its connection, or, behind `trustedHops` proxies of our own, what the outermost
 * of them wrote into `X-Forwarded-For`.
 *
 * trust: whatever stands left of what our own proxies wrote is a stranger's text and is never read.
 */
export function clientAddress({ socket, headers }: Request, trustedHops: number): string {
  const peer = socket.remoteAddress ?? "";
  if (trustedHops === 0) return peer;
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",");
  const chain = forwarded
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  // Fewer entries than proxies: somebody came past one of them, and only the peer is known.
  return withoutPort(chain.at(-trustedHops) ?? peer);
}

/** Some proxies write the port as well, and then an IPv6 address in brackets. */
function withoutPort(entry: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry)?.[1] ?? entry;
}
