import { createHash, X509Certificate } from "node:crypto";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import type { Certificate } from "../providers/simulated/authority.ts";

export type TlsBackend = { readonly port: number; readonly server: Server; stop(): Promise<void> };

/** An HTTPS server under a given certificate. */
export async function startTlsBackend(
  { certificate, key }: Certificate,
  listener: RequestListener,
): Promise<TlsBackend> {
  const server = createServer({ cert: certificate, key, keepAliveTimeout: 60_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    server,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A TCP relay that hands each connection to the next of the ports: one address, several servers behind it. */
export async function startRoundRobin(
  ports: readonly number[],
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createTcpServer((client) => {
    const backend = connect(ports[turn++ % ports.length] ?? 0, "127.0.0.1");
    for (const socket of [client, backend]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    client.pipe(backend).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** SHA-256 of the certificate's SubjectPublicKeyInfo, hex. */
export function keyHash({ certificate }: Certificate): string {
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(spki).digest("hex");
}
