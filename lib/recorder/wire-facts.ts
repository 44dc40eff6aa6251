import type { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { type Channel, channel } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

/** What the other end of the very socket was, as Node's TLS saw it. */
export type SocketFacts = {
  readonly address?: string;
  readonly port?: number;
  readonly tlsName?: string;
  readonly tlsVerified?: boolean;
  readonly tlsProtocol?: string;
  readonly peerKeySha256?: string;
};

/** One request as undici put it on the wire: `fetch` makes several of one call where it follows redirects. */
export type Wire = {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly startedAt: number;
  /** The same as `performance.now()`. */
  readonly begun: number;
  /** Whole milliseconds until the answer's head, by a clock that is never set; null: none came. */
  ms: number | null;
  socket: SocketFacts | null;
  bodySent: boolean;
  status: number | null;
};

/**
 * Listens to what undici, and with it Node's own `fetch`, tells of each request (diagnostics channels, Node 18 and later).
 * A request belongs to the call in whose asynchronous context it was made. Returns the way to stop.
 */
export function watchWires(storage: AsyncLocalStorage<{ readonly wires: Wire[] } | null>): () => void {
  const wires = new WeakMap<object, Wire>();
  const listen = <T>(name: string, told: (message: T) => void): (() => void) => {
    const found: Channel = channel(name);
    // trust: whatever goes wrong here is ours, and nothing that the program's call may feel.
    const safely = (message: unknown): void => {
      try {
        told(message as T);
      } catch {}
    };
    found.subscribe(safely);
    return () => void found.unsubscribe(safely);
  };
  const stops = [
    listen<{ request: Told }>("undici:request:create", ({ request }) => {
      // Of a proxy: it carries the request, and is none of its own.
      if (request.method === "CONNECT") {
        tunnels.add(request);
        return;
      }
      const call = storage.getStore();
      if (!call) return;
      const path = String(request.path);
      // A proxy for plain HTTP is asked for the whole address.
      const asked = /^https?:\/\//i.test(path) ? new URL(path) : null;
      if (asked) tunnels.add(request);
      const { host } = asked ?? new URL(String(request.origin));
      const wire: Wire = {
        host,
        path: (asked?.pathname ?? path).split("?", 1)[0] ?? "",
        method: String(request.method),
        startedAt: Date.now(),
        begun: performance.now(),
        ms: null,
        socket: null,
        bodySent: false,
        status: null,
      };
      wires.set(request, wire);
      call.wires.push(wire);
    }),
    listen<{ request: object; socket: Socket }>("undici:client:sendHeaders", ({ request, socket }) => {
      if (tunnels.has(request)) proxied.add(socket);
      const wire = wires.get(request);
      if (wire) wire.socket = factsOf(socket);
    }),
    listen<{ request: object }>("undici:request:bodySent", ({ request }) => {
      const wire = wires.get(request);
      if (wire) wire.bodySent = true;
    }),
    listen<{ request: object; response: { statusCode: number } }>(
      "undici:request:headers",
      ({ request, response }) => {
        const wire = wires.get(request);
        if (!wire) return;
        wire.status = response.statusCode;
        wire.ms = Math.round(performance.now() - wire.begun);
      },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

type Told = { readonly origin: unknown; readonly path: unknown; readonly method: unknown };

const known = new WeakMap<Socket, SocketFacts>();
/** Requests to a proxy, and the sockets that lead to one. */
const tunnels = new WeakSet<object>();
const proxied = new WeakSet<object>();

/** The key of the peer is hashed once a connection. The address is left out where it is that of a proxy. */
function factsOf(socket: Socket): SocketFacts {
  const before = known.get(socket);
  if (before) return before;
  const tls = socket as Partial<TLSSocket> & { _parent?: object };
  const isProxied =
    proxied.has(socket) || (tls._parent !== undefined && tls._parent !== null && proxied.has(tls._parent));
  const secure = tls.encrypted === true;
  const facts: SocketFacts = {
    ...(!isProxied && { address: socket.remoteAddress, port: socket.remotePort }),
    ...(secure && {
      tlsName: typeof tls.servername === "string" ? tls.servername : undefined,
      tlsVerified: tls.authorized === true,
      tlsProtocol: tls.getProtocol?.() ?? undefined,
      peerKeySha256: keyHashOf(tls),
    }),
  };
  known.set(socket, facts);
  return facts;
}

function keyHashOf(tls: Partial<TLSSocket>): string | undefined {
  const key = tls.getPeerX509Certificate?.()?.publicKey.export({ type: "spki", format: "der" });
  return key && createHash("sha256").update(key).digest("hex");
}
