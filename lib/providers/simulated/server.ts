import fs from "node:fs";
import https from "node:https";
import type { AddressInfo, Socket } from "node:net";
import path from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import { createProjectStores } from "./api/project-store.ts";
import { type Authority, openAuthority } from "./authority.ts";
import { startBodies } from "./bodies.ts";
import { betweenChunksMs, type LatencyMode } from "./latency.ts";
import { openUsageJournal } from "./organization/usage-journal.ts";
import { serverNameOf, serveUpgrade } from "./realtime/serve-upgrade.ts";
import { Received } from "./received.ts";
import { type Serving, serveRequest } from "./serve-request.ts";
import { findSimulatedHost, simulatedHosts } from "./simulated-hosts.ts";

export type SimulatedProviderOptions = {
  /** `DOMICILE_HOME`: the private authority is kept in its folder `provider`. */
  readonly home: string;
  /** 0 or absent: the port of the run before when it is free, else any. */
  readonly port?: number;
  /** Default `none`: as fast as it goes. */
  readonly latency?: LatencyMode;
};

export type SimulatedProvider = {
  readonly port: number;
  /** PEM file of the authority that signs the hosts' certificates. */
  readonly caFile: string;
  /** `host=127.0.0.1:port,...` for every simulated host, as `DOMICILE_CONNECT_TO` takes it. */
  readonly connectTo: string;
  /** What reached which host. */
  readonly received: Received;
  stop(): Promise<void>;
};

/**
 * A simulated OpenAI under the real host names with real TLS: one server for every host of the catalog and
 * for the lookalike, told apart by SNI. Keys and their projects: `project.ts`; models that misbehave:
 * `faults.ts`; what an organization's admin key reads: `organization/answer-organization.ts`.
 */
export async function startSimulatedProvider(options: SimulatedProviderOptions): Promise<SimulatedProvider> {
  const folder = path.join(options.home, "provider");
  const authority = await openAuthority(
    folder,
    simulatedHosts.map(({ host }) => host),
  );
  const mode = options.latency ?? "none";
  const bodies = await startBodies(betweenChunksMs(mode));
  const received = new Received();
  const journal = openUsageJournal(folder);
  const sockets = new Set<Socket>();
  const server = createTlsServer(authority, {
    received,
    bodies,
    mode,
    stores: createProjectStores(),
    journal,
  });
  server.on("secureConnection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const portFile = path.join(folder, "port");
  try {
    if (options.port) await listenOn(server, options.port);
    else await listenAgain(server, readPort(portFile));
  } catch (error) {
    await bodies.stop();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  fs.writeFileSync(portFile, String(port), { mode: 0o600 });
  return {
    port,
    caFile: authority.caFile,
    connectTo: simulatedHosts.map(({ host }) => `${host}=127.0.0.1:${port}`).join(","),
    received,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // Sessions are no requests any more, so the server itself does not know them.
      for (const socket of sockets) socket.destroy();
      await Promise.all([closed, bodies.stop()]);
      journal.close();
    },
  };
}

function createTlsServer(authority: Authority, serving: Serving): https.Server {
  const contexts = new Map<string, SecureContext>(
    Object.entries(authority.hosts).map(([host, { certificate, key }]) => [
      host,
      createSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" }),
    ]),
  );
  const server = https.createServer({
    minVersion: "TLSv1.2",
    ALPNProtocols: ["http/1.1"],
    SNICallback: (name, done) => {
      serving.received.addHandshake(name);
      const context = contexts.get(name);
      if (context) done(null, context);
      else done(new Error("no such host here"));
    },
  });
  server.keepAliveTimeout = 30_000;
  server.requestTimeout = 0;
  server.on("request", (request, response) => {
    void serveRequest(request, response, serving);
  });
  server.on("upgrade", (request, socket, head) => {
    const host = findSimulatedHost(serverNameOf(socket));
    if (host === null) socket.destroy();
    else serveUpgrade(request, socket, head, host, serving.received);
  });
  return server;
}

function readPort(file: string): number {
  try {
    return Number(fs.readFileSync(file, "utf8")) || 0;
  } catch {
    return 0;
  }
}

/** Other processes hold the address of the run before: the same port again where it is free. */
async function listenAgain(server: https.Server, port: number): Promise<void> {
  try {
    await listenOn(server, port);
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    await listenOn(server, 0);
  }
}

function listenOn(server: https.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
