import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConfigCache } from "./config-cache.ts";
import type { Gateway } from "./gateway.ts";

export type Probed = {
  readonly config: ConfigCache;
  readonly gateway: Pick<Gateway, "closing" | "intents" | "metrics" | "bodyLimits">;
  readonly isStopping: () => boolean;
};

/** `/healthz`: the process lives. `/readyz`: it would take a call. `/metrics`. False: the request is none of these. */
export function answerProbe(request: IncomingMessage, response: ServerResponse, probed: Probed): boolean {
  switch (request.url) {
    case "/healthz":
      answer(response, 200, "text/plain", "ok\n");
      return true;
    case "/readyz":
      void answerReady(response, probed);
      return true;
    case "/metrics":
      answer(response, 200, "text/plain; version=0.0.4", metricsOf(probed));
      return true;
    default:
      return false;
  }
}

async function answerReady(response: ServerResponse, { config, isStopping }: Probed): Promise<void> {
  const confirmed = await config.confirm().then(
    () => true,
    () => false,
  );
  const ready = confirmed && !isStopping();
  const why = isStopping() ? "stopping\n" : "the store is away\n";
  answer(response, ready ? 200 : 503, "text/plain", ready ? "ready\n" : why);
}

function metricsOf({ config, gateway }: Probed): string {
  return gateway.metrics.text({
    calls_waiting_to_be_recorded: gateway.closing.waiting(),
    intents_waiting: gateway.intents.waiting(),
    bodies_bytes: gateway.bodyLimits.budget.held(),
    config_age_seconds: Math.max(0, config.ageMs() / 1_000),
    resident_bytes: process.memoryUsage.rss(),
  });
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}
