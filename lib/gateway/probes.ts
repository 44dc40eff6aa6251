import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConfigCache } from "./config-cache.ts";
import type { OtherDoor } from "./doors.ts";
import type { Gateway } from "./gateway.ts";

export type Probed = {
  readonly config: ConfigCache;
  readonly gateway: Pick<
    Gateway,
    "closing" | "intents" | "spool" | "metrics" | "bodyLimits" | "limits" | "realtime"
  >;
  readonly doors: readonly OtherDoor[];
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
      void answerMetrics(response, probed);
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

async function answerMetrics(response: ServerResponse, { config, gateway, doors }: Probed): Promise<void> {
  const { metrics, closing, intents, limits, realtime, bodyLimits } = gateway;
  const oldest = closing.oldestEndedAt();
  const text = await metrics.text({
    callsInFlight: limits.open(),
    realtimeSessions: realtime.count(),
    closeQueueCalls: closing.waiting(),
    recorderLagSeconds: oldest === null ? 0 : Math.max(0, (Date.now() - oldest) / 1_000),
    intentsWaiting: intents.waiting(),
    configAgeSeconds: Math.max(0, config.ageMs() / 1_000),
    bodiesBytes: bodyLimits.budget.held(),
    spoolBytes: gateway.spool?.bytes() ?? 0,
  });
  const others = await Promise.all(doors.map((door) => door.metrics()));
  answer(response, 200, metrics.contentType, [text, ...others].join(""));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
}
