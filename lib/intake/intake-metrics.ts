import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { IntakeRoute } from "./body-kind.ts";

export type IntakeGauges = { readonly open: number; readonly bodiesBytes: number };

/** Figures of the intake. No tenant, key or text of a report is in any label. */
export type IntakeMetrics = {
  answered(route: IntakeRoute | null, outcomes: Readonly<Record<string, number>>, seconds: number): void;
  refused(route: IntakeRoute | null, code: string): void;
  /** Prometheus text format 0.0.4. */
  text(gauges: IntakeGauges): Promise<string>;
};

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createIntakeMetrics(): IntakeMetrics {
  const registers = [new Registry()];
  const records = new Counter({
    name: "domicile_intake_records_total",
    help: "Reported records by what became of them.",
    labelNames: ["route", "outcome"],
    registers,
  });
  const refusals = new Counter({
    name: "domicile_intake_refusals_total",
    help: "Requests that were refused whole, by code.",
    labelNames: ["route", "code"],
    registers,
  });
  const seconds = new Histogram({
    name: "domicile_intake_seconds",
    help: "From the head of a request to its answer, everything durable.",
    buckets,
    registers,
  });
  const open = new Gauge({
    name: "domicile_intake_open_requests",
    help: "Requests at work or waiting.",
    registers,
  });
  const bytes = new Gauge({
    name: "domicile_intake_bodies_bytes",
    help: "Bytes of bodies held in memory.",
    registers,
  });
  return {
    answered(route, outcomes, lasted) {
      for (const [outcome, count] of Object.entries(outcomes))
        if (count > 0) records.inc({ route: route ?? "none", outcome }, count);
      seconds.observe(lasted);
    },
    refused: (route, code) => refusals.inc({ route: route ?? "none", code }),
    async text(gauges) {
      open.set(gauges.open);
      bytes.set(gauges.bodiesBytes);
      return (await Promise.all(registers.map((each) => each.metrics()))).join("");
    },
  };
}
