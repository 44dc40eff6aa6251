/** Upper bounds in seconds, for what the gateway adds and for whole calls alike. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

export type Metrics = {
  /** `outcome`: how a call ended, or the code it was refused with. */
  countCall(outcome: string, simulated: boolean): void;
  observeDuration(seconds: number): void;
  /** From the head of the request to its first byte upstream, without the time of the provider. */
  observeAdded(seconds: number): void;
  countLost(calls: number): void;
  /** Prometheus text format 0.0.4. */
  text(gauges: Readonly<Record<string, number>>): string;
};

export function createMetrics(): Metrics {
  const calls = new Map<string, number>();
  const duration = histogram("domicile_gateway_call_seconds", "Whole calls, as the caller saw them.");
  const added = histogram(
    "domicile_gateway_added_seconds",
    "Time before the first byte left for the provider.",
  );
  let lost = 0;
  return {
    countCall(outcome, simulated) {
      const labels = `outcome="${outcome}",simulated="${simulated}"`;
      calls.set(labels, (calls.get(labels) ?? 0) + 1);
    },
    observeDuration: duration.observe,
    observeAdded: added.observe,
    countLost(count) {
      lost += count;
    },
    text(gauges) {
      const lines = [
        "# HELP domicile_gateway_calls_total Calls by how they ended. Verdicts are in the record, not here.",
        "# TYPE domicile_gateway_calls_total counter",
        ...[...calls].map(([labels, count]) => `domicile_gateway_calls_total{${labels}} ${count}`),
        "# HELP domicile_gateway_unrecorded_total Ended calls that the store refused; the sweeper records them.",
        "# TYPE domicile_gateway_unrecorded_total counter",
        `domicile_gateway_unrecorded_total ${lost}`,
        ...duration.lines(),
        ...added.lines(),
        ...Object.entries(gauges).flatMap(([name, value]) => [
          `# TYPE domicile_gateway_${name} gauge`,
          `domicile_gateway_${name} ${value}`,
        ]),
      ];
      return `${lines.join("\n")}\n`;
    },
  };
}

function histogram(name: string, help: string) {
  const counts = bounds.map(() => 0);
  let count = 0;
  let sum = 0;
  return {
    observe(seconds: number): void {
      count += 1;
      sum += seconds;
      const at = bounds.findIndex((bound) => seconds <= bound);
      if (at !== -1) counts[at] = (counts[at] ?? 0) + 1;
    },
    lines(): string[] {
      let below = 0;
      const buckets = bounds.map((bound, at) => {
        below += counts[at] ?? 0;
        return `${name}_bucket{le="${bound}"} ${below}`;
      });
      return [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} histogram`,
        ...buckets,
        `${name}_bucket{le="+Inf"} ${count}`,
        `${name}_sum ${sum}`,
        `${name}_count ${count}`,
      ];
    },
  };
}
