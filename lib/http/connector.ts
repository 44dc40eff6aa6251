import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { PeerEvidence } from "../core/calls/attempt-facts.ts";
import { isPublicAddress, literalAddress } from "./address-guard.ts";
import { DialFailure } from "./dial-failure.ts";

export type Address = { readonly address: string; readonly family: 4 | 6 };

/** Where names are looked up; another one in tests of the guard. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

export type ConnectorOptions = {
  /** Exact addresses for exact names: the only addresses that the guard lets pass unchecked. */
  readonly connectTo: ReadonlyMap<string, { readonly address: string; readonly port: number }>;
  /** Dials those names and no other, so that a simulated call can never reach a real provider. */
  readonly onlyConnectTo: boolean;
  /** Trusted instead of the public authorities; null: Node's own list. */
  readonly authorities: string | null;
  readonly connectTimeoutMs: number;
  /** For names that an operator stated: whatever address they have is dialled, a private one too. A literal is refused all the same. */
  readonly anyAddress?: boolean;
  readonly resolve?: Resolve;
};

/** Told of the steps of a dial as they are done; the last one is the socket itself. */
export type DialWatch = {
  /** `mapped`: the name was not looked up, its address stands in the map of simulated hosts. */
  resolved(addresses: number, mapped: boolean): void;
  connected(): void;
};

export type Connect = (
  target: { hostname: string; protocol: string; port: string },
  done: (error: Error | null, socket: Socket | null) => void,
  watch?: DialWatch,
) => void;

/**
 * Opens verified TLS connections to a host name, to addresses that were checked: resolved once, every one of them
 * public, and connected to without being resolved again. What the peer proved is kept with its socket.
 */
export function createConnector(options: ConnectorOptions): Connect {
  return ({ hostname, protocol, port }, done, watch) => {
    if (protocol !== "https:") {
      done(new DialFailure("protocol", `Only https is dialled, not ${protocol}`), null);
      return;
    }
    addressesOf(hostname, Number(port) || 443, options).then(
      (checked) => {
        watch?.resolved(checked.addresses.length, options.connectTo.has(hostname));
        open(hostname, checked, options, done, watch);
      },
      (error: Error) => done(error, null),
    );
  };
}

/** What the peer of this socket proved when it was connected; null for a socket that was not opened here. */
export function peerOf(socket: Socket): PeerEvidence | null {
  return peers.get(socket) ?? null;
}

const peers = new WeakMap<Socket, PeerEvidence>();

type Checked = { readonly addresses: readonly Address[]; readonly port: number };

async function addressesOf(host: string, port: number, options: ConnectorOptions): Promise<Checked> {
  const mapped = options.connectTo.get(host);
  if (mapped)
    return {
      addresses: [{ address: mapped.address, family: isIP(mapped.address) === 6 ? 6 : 4 }],
      port: mapped.port,
    };
  if (options.onlyConnectTo)
    throw new DialFailure("address_refused", `${host} has no simulated provider to stand for it.`);
  // Node does not call `lookup` for a literal address: it is checked here, and it has no name to verify against.
  if (literalAddress(host) !== null)
    throw new DialFailure("address_refused", "A literal address has no name to be verified by.");
  const addresses = await (options.resolve ?? resolveByDns)(host).catch((cause: unknown) => {
    throw new DialFailure("dns", `${host} could not be resolved.`, cause);
  });
  if (addresses.length === 0) throw new DialFailure("dns", `${host} has no address.`);
  // One bad address among good ones is how a name is rebound: then none of them is dialled.
  if (!options.anyAddress && !addresses.every(({ address }) => isPublicAddress(address)))
    throw new DialFailure("address_refused", `${host} resolves to an address that is not public.`);
  return { addresses, port };
}

async function resolveByDns(host: string): Promise<readonly Address[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function open(
  host: string,
  checked: Checked,
  options: ConnectorOptions,
  done: Parameters<Connect>[1],
  watch?: DialWatch,
): void {
  const socket = connectTls({
    host,
    port: checked.port,
    servername: host,
    lookup: answerWith(checked.addresses),
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ...(options.authorities === null ? {} : { ca: options.authorities }),
  });
  let connected = false;
  const settle = (error: Error | null): void => {
    clearTimeout(timer);
    socket.off("error", failed);
    if (error) {
      // A socket that failed may fail once more while it is torn down; nobody is left to tell.
      socket.on("error", () => {});
      socket.destroy();
      done(error, null);
    } else done(null, socket);
  };
  const failed = (cause: Error): void =>
    settle(
      new DialFailure(
        connected ? "tls" : "tcp",
        `${host} could not be reached over ${connected ? "TLS" : "TCP"}.`,
        cause,
      ),
    );
  const timer = setTimeout(
    () => settle(new DialFailure("connect_timeout", `${host} did not answer in time.`)),
    options.connectTimeoutMs,
  );
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.once("connect", () => {
    connected = true;
    watch?.connected();
  });
  socket.on("error", failed);
  socket.once("secureConnect", () => {
    const peer = evidenceOf(socket, host);
    // Unreachable while the lines above stand; here so that no later change can make it false unseen.
    const wrong = !peer.tlsVerified || !checked.addresses.some(({ address }) => same(address, peer.address));
    if (!wrong) peers.set(socket, peer);
    settle(wrong ? new DialFailure("tls", `${host}: the connection is not the one that was checked.`) : null);
  });
}

function answerWith(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    const first = addresses[0];
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function evidenceOf(socket: TLSSocket, host: string): PeerEvidence {
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
  return {
    address: socket.remoteAddress ?? "",
    port: socket.remotePort ?? 0,
    tlsName: host,
    tlsVerified: socket.authorized,
    tlsProtocol: socket.getProtocol() ?? "",
    peerKeySha256: key ? createHash("sha256").update(key).digest("hex") : "",
  };
}

function same(one: string, other: string): boolean {
  return one === other || literalAddress(one) === literalAddress(other);
}
