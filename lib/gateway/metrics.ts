import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { CallRecord, TimedAttempt } from "../core/calls/call-record.ts";
import type { Band } from "../core/verdicts/verdict.ts";

/** One call as the caller saw it. */
export type EndedCall = {
  /** null: it was refused before anybody knew what it was. */
  readonly operation: string | null;
  /** How it ended, or the code it was refused with. */
  readonly outcome: string;
  /** null: it was not sent. */
  readonly region: string | null;
  readonly simulated: boolean;
  /** null for a session, which lasts as long as it lasts. */
  readonly seconds: number | null;
};

/** What is asked for when somebody looks. */
export type GatewayGauges = {
  readonly callsInFlight: number;
  readonly realtimeSessions: number;
  readonly closeQueueCalls: number;
  readonly recorderLagSeconds: number;
  readonly intentsWaiting: number;
  readonly configAgeSeconds: number;
  readonly bodiesBytes: number;
  readonly spoolBytes: number;
};

/** Figures of one gateway. No tenant, key, host of a customer or text of a call is in any label. */
export type Metrics = {
  callEnded(call: EndedCall): void;
  /** A request that the HTTP parser refused, or a session that was. */
  refused(code: string): void;
  /** From the head of the request to its first byte upstream, without the time of the provider. */
  observeAdded(seconds: number): void;
  /** From the request's first byte upstream to the head of the answer. */
  observeFirstByte(seconds: number): void;
  /** The dials of a call, when it has ended. */
  dialled(record: CallRecord): void;
  recorded(band: Band | null, simulated: boolean): void;
  countLost(calls: number): void;
  intents(result: "durable" | "refused" | "spooled", count: number): void;
  /** A call that had been spooled is in the store. */
  replayed(): void;
  /** A file of a spool holds what no longer opens. */
  spoolDamaged(): void;
  /** Prometheus text format 0.0.4. */
  text(gauges: GatewayGauges): Promise<string>;
  readonly contentType: string;
};

/** Upper bounds in seconds, for what the gateway adds and for whole calls alike. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Refusals that are a limit's, and whose. */
const limits: ReadonlySet<string> = new Set([
  "rate_limited",
  "too_many_calls",
  "gateway_busy",
  "body_too_large",
  "header_too_large",
  "request_timeout",
]);

export function createMetrics(): Metrics {
  const registry = new Registry();
  const ofProcess = processMetrics();
  const registers = [registry];
  const counter = <Name extends string>(name: string, help: string, labelNames: Name[] = []) =>
    new Counter({ name: `domicile_gateway_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `domicile_gateway_${name}`, help, registers });
  const histogram = (name: string, help: string) =>
    new Histogram({ name: `domicile_gateway_${name}`, help, buckets, registers });

  const calls = counter("calls_total", "Calls by how they ended.", [
    "operation",
    "outcome",
    "region",
    "simulated",
  ]);
  const limited = counter("limit_refusals_total", "Requests that a limit refused.", ["limit"]);
  const recorded = counter("calls_recorded_total", "Calls judged and recorded, by band of the verdict.", [
    "band",
    "simulated",
  ]);
  const lost = counter(
    "unrecorded_total",
    "Ended calls whose records the store refused; they are recorded bare.",
  );
  const intents = counter("intents_total", "Intents by whether the store took them in time.", ["result"]);
  const replayed = counter("spool_replayed_total", "Calls out of a spool that the store has recorded.");
  const damaged = counter("spool_damaged_total", "Files of a spool kept aside: not all of them opens.");
  const attempts = counter("upstream_attempts_total", "Dials by class of the answer's status.", [
    "region",
    "status",
  ]);
  const failures = counter("upstream_failures_total", "Dials that failed, by the step that did.", [
    "region",
    "kind",
  ]);
  const duration = histogram("call_duration_seconds", "Whole calls, as the caller saw them.");
  const firstByte = histogram(
    "upstream_first_byte_seconds",
    "From the request's first byte to the answer's, at the provider.",
  );
  const firstToken = histogram(
    "upstream_first_token_seconds",
    "From the request's first byte to the first content of a streamed answer.",
  );
  const added = histogram("added_seconds", "Time before the first byte left for the provider.");
  const gauges: Readonly<Record<keyof GatewayGauges, Gauge>> = {
    callsInFlight: gauge("calls_in_flight", "Calls open now, sessions too."),
    realtimeSessions: gauge("realtime_sessions", "Realtime sessions open now."),
    closeQueueCalls: gauge("close_queue_calls", "Ended calls that wait to be recorded."),
    recorderLagSeconds: gauge("recorder_lag_seconds", "How long the oldest of them has waited."),
    intentsWaiting: gauge("intents_waiting", "Calls that wait for their intent to be durable."),
    configAgeSeconds: gauge("config_age_seconds", "Since the configuration was confirmed last; 30 s refuse."),
    bodiesBytes: gauge("bodies_bytes", "Bodies held in memory."),
    spoolBytes: gauge("spool_bytes", "Calls on this gateway's disk that the store has not taken yet."),
  };

  const refused = (code: string): void => {
    if (limits.has(code)) limited.inc({ limit: code });
  };
  return {
    callEnded({ operation, outcome, region, simulated, seconds }) {
      calls.inc({
        operation: operation ?? "none",
        outcome,
        region: region ?? "none",
        simulated: String(simulated),
      });
      refused(outcome);
      if (seconds !== null) duration.observe(seconds);
    },
    refused,
    observeAdded: (seconds) => added.observe(seconds),
    observeFirstByte: (seconds) => firstByte.observe(seconds),
    dialled({ attempts: dials, intendedRegion, ttftMs }) {
      const region = intendedRegion ?? "none";
      for (const dial of dials) {
        if (dial.progress === "refused") continue;
        attempts.inc({ region, status: statusClass(dial) });
        if (dial.failure !== null) failures.inc({ region, kind: dial.failure });
      }
      if (ttftMs !== null) firstToken.observe(ttftMs / 1_000);
    },
    recorded: (band, simulated) => recorded.inc({ band: band ?? "none", simulated: String(simulated) }),
    countLost: (count) => lost.inc(count),
    intents: (result, count) => intents.inc({ result }, count),
    replayed: () => replayed.inc(),
    spoolDamaged: () => damaged.inc(),
    async text(now) {
      for (const [name, value] of Object.entries(now)) gauges[name as keyof GatewayGauges].set(value);
      return `${await registry.metrics()}\n${await ofProcess.metrics()}`;
    },
    contentType: registry.contentType,
  };
}

function statusClass({ status }: TimedAttempt): string {
  return status === null ? "none" : `${Math.floor(status / 100)}xx`;
}

/** Processor, memory, event loop, garbage: of the process, however many gateways it runs. */
function processMetrics(): Registry {
  if (known === null) {
    known = new Registry();
    collectDefaultMetrics({ register: known });
  }
  return known;
}

let known: Registry | null = null;
