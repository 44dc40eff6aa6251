import type { ReportedCall } from "./reported-call.ts";

/** Names under which callers reach our own gateway, `host` or `host:port`, in lower case. */
export type OwnGateway = ReadonlySet<string>;

/** The gateway's names of a deployment: those of its own machine, and the ones that its operator states. */
export function ownGateway(port: number, stated: readonly string[]): OwnGateway {
  const own = ["localhost", "127.0.0.1", "[::1]"].map((host) => `${host}:${port}`);
  return new Set([...own, ...stated.map((name) => name.trim().toLowerCase()).filter((name) => name !== "")]);
}

/**
 * True where a report speaks of a call that went through our own gateway: it names its host, or its id of the call and no
 * host. trust: any host may answer with an id of ours. One that is not ours is judged, whatever it said.
 */
export function speaksOfGateway({ host, gatewayCallId }: ReportedCall, own: OwnGateway): boolean {
  if (host === null) return gatewayCallId !== null;
  const named = host.trim().toLowerCase().replace(/\.$/, "");
  return own.has(named) || own.has(named.replace(/:\d{1,5}$/, ""));
}
