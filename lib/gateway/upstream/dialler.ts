import type { Socket } from "node:net";
import { type Dispatcher, Pool } from "undici";
import type { ConnectTo } from "../../env/simulation-settings.ts";
import {
  type ConnectorOptions,
  createConnector,
  type DialWatch,
  type Resolve,
} from "../../http/connector.ts";

export type DiallerOptions = {
  /** Exempt from the address check, by exact name. Empty for live tenants. */
  readonly connectTo: readonly ConnectTo[];
  /** Dials those names and no other. */
  readonly onlyConnectTo: boolean;
  /** PEM text trusted instead of the public authorities; null: the public ones. */
  readonly authorities: string | null;
  readonly connectTimeoutMs: number;
  /** Longest wait for the head of an answer, from the last byte of the request. */
  readonly answerTimeoutMs: number;
  /** Longest silence within an answer. */
  readonly idleTimeoutMs: number;
  /** Open connections to one host; more requests wait. */
  readonly connectionsMax: number;
  readonly resolve?: Resolve;
};

/** Connections to providers, by exact host. Live and simulated tenants have one each and share nothing. */
export type Dialler = {
  dispatch(host: string, request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** A verified connection of its own, for what is no single request; the guard of addresses is the same. */
  connect(host: string, watch?: DialWatch): Promise<Socket>;
  close(): Promise<void>;
};

/** HTTP/1.1 without pipelining, no redirects, no retries, no proxy from the environment. */
export function createDialler(options: DiallerOptions): Dialler {
  const pools = new Map<string, Pool>();
  const connector: ConnectorOptions = {
    connectTo: new Map(options.connectTo.map(({ host, address, port }) => [host, { address, port }])),
    onlyConnectTo: options.onlyConnectTo,
    authorities: options.authorities,
    connectTimeoutMs: options.connectTimeoutMs,
    ...(options.resolve ? { resolve: options.resolve } : {}),
  };
  const open = (host: string): Pool => {
    const pool = new Pool(`https://${host}`, {
      // undici's own type wants its own connector's options; it only ever calls the function.
      connect: createConnector(connector) as never,
      connections: options.connectionsMax,
      pipelining: 1,
      allowH2: false,
      headersTimeout: options.answerTimeoutMs,
      bodyTimeout: options.idleTimeoutMs,
      keepAliveTimeout: 20_000,
      keepAliveMaxTimeout: 60_000,
      maxHeaderSize: 32_768,
      // A name is resolved and checked again at least this often.
      clientTtl: 300_000,
    });
    pools.set(host, pool);
    return pool;
  };
  const connect = createConnector(connector);
  return {
    connect: (host, watch) =>
      new Promise((resolve, reject) => {
        const done: Parameters<typeof connect>[1] = (error, socket) => {
          if (socket) resolve(socket);
          else reject(error ?? new Error("Not connected."));
        };
        connect({ hostname: host, protocol: "https:", port: "" }, done, watch);
      }),
    dispatch: (host, request, handler) => {
      (pools.get(host) ?? open(host)).dispatch(request, handler);
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
