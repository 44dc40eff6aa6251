import { readFileSync } from "node:fs";
import { Agent, buildConnector, fetch as undiciFetch } from "undici";

export type SimulatedFetch = { readonly fetch: typeof globalThis.fetch; close(): Promise<void> };

/** A program's own `fetch` that finds OpenAI's hosts at the simulated provider, under their names and with their TLS. */
export function simulatedFetch(provider: { readonly port: number; readonly caFile: string }): SimulatedFetch {
  const connect = buildConnector({ ca: readFileSync(provider.caFile) });
  const agent = new Agent({
    connect: ({ hostname, ...to }, done) =>
      connect(
        {
          ...to,
          host: "127.0.0.1",
          hostname: "127.0.0.1",
          port: String(provider.port),
          servername: hostname,
        },
        done,
      ),
  });
  return {
    fetch: ((input: string, init?: object) =>
      undiciFetch(input, { ...init, dispatcher: agent })) as unknown as typeof globalThis.fetch,
    close: () => agent.destroy(),
  };
}
