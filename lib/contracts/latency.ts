import { z } from "zod";
import { rangeSearch, type Window } from "./range.ts";
import { line } from "./text.ts";

const names = z.array(line.min(1).max(253)).max(20).default([]);

/** Search of `/latency` and `/api/latency`. */
export const latencySearch = rangeSearch.extend({
  /** Names of applications; none: all. */
  application: names,
  model: names,
  operation: names,
});
export type LatencySearch = z.infer<typeof latencySearch>;

/**
 * Milliseconds that half, 95 and 99 of a hundred measured calls stayed below, read from merged histograms: at most
 * 22 % off. null where nothing was measured.
 */
export type Percentiles = {
  readonly measured: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
};

/** `total`: from the call's arrival to its recorded end. `firstByte`: from the first byte sent to the first answered. */
export type LatencyFigures = { readonly total: Percentiles; readonly firstByte: Percentiles };

export type LatencyPoint = { readonly at: string; readonly total: Percentiles };

export type ModelLatency = LatencyFigures & { readonly model: string };

export type RegionLatency = LatencyFigures & {
  /** Region code, `global`, or `unknown` (host in no catalog). */
  readonly region: string;
  /** The same region in the period before. */
  readonly previous: LatencyFigures;
  readonly points: readonly LatencyPoint[];
  /** Slowest at p95 first, at most 50. */
  readonly models: readonly ModelLatency[];
};

export type Latency = {
  readonly window: Window;
  readonly previous: { readonly from: string; readonly to: string };
  readonly step: "hour" | "day";
  /** Most calls first. */
  readonly regions: readonly RegionLatency[];
  /** Every call that was measured. */
  readonly all: LatencyFigures;
  readonly applications: readonly string[];
  readonly models: readonly string[];
  readonly operations: readonly string[];
};
