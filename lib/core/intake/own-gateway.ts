import type { ReportedCall } from "./reported-call.ts";

/** Names under which callers reach our own gateway, `host` or `host:port`, in lower case. */
export type OwnGateway = ReadonlySet<string>;

/** The gateway's names of a deployment: those of its own machine, and the ones that its operator states. */
export function ownGateway(port: number, stated: readonly string[]): OwnGateway {
  const own = ["localhost", "127.0.0.1", "[::1]"].map((host) => `${host}:${port}`);
  return new Set([...own, ...stated.map((name) => name.trim().toLowerCase()).filter((name) => name !== "")]);
}

/** True where a report speaks of a call that went through our own gateway: it names its host, or its id of the call. */
export function speaksOfGateway({ host, gatewayCallId }: ReportedCall, own: OwnGateway): boolean {
  if (gatewayCallId !== null) return true;
  if (host === null) return false;
  const named = host.trim().toLowerCase().replace(/\.$/, "");
  return own.has(named) || own.has(named.replace(/:\d{1,5}$/, ""));
}
