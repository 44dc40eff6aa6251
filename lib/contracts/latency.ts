import { z } from "zod";
import { rangeSearch, type Window } from "./range.ts";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";
import type { TimeStep } from "./time-step.ts";

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

/** `total`: from the call's arrival to its recorded end. `firstToken`: from the first byte sent to the first content of the answer, of streams alone. */
export type LatencyFigures = { readonly total: Percentiles; readonly firstToken: Percentiles };

export type LatencyPoint = LatencyFigures & { readonly at: string };

export type ModelLatency = LatencyFigures & { readonly model: string };

export type RegionLatency = LatencyFigures & {
  /** Region code, `global`, or `unknown` (host in no catalog). */
  readonly region: string;
  /** Of the compared hours or days, and of as many in the period before; empty where that begins before the first recorded call. */
  readonly compared: LatencyFigures;
  readonly previous: LatencyFigures;
  readonly points: readonly LatencyPoint[];
  /** Slowest at p95 first, at most 50. */
  readonly models: readonly ModelLatency[];
};

export type Latency = {
  readonly window: Window;
  /** Whether these tenants have any recorded call at all, in whatever time. */
  readonly hasCalls: boolean;
  /** The hours or days of the window up to the one it ends in, and as many just before it; none where `from` is `to`. */
  readonly compared: { readonly from: string; readonly to: string };
  readonly previous: { readonly from: string; readonly to: string };
  readonly step: TimeStep;
  /** Most calls first. */
  readonly regions: readonly RegionLatency[];
  /** Every call that was measured. */
  readonly all: LatencyFigures;
  readonly applications: readonly string[];
  readonly models: readonly string[];
  readonly operations: readonly string[];
};

export const probeRoundsMax = 50;

/** Two targets asked in turn: a region code, `global`, or `policy`. */
export const latencyProbeInput = z
  .object({
    tenant: tenantName,
    first: line.min(1).max(16),
    second: line.min(1).max(16),
    model: line.trim().min(1).max(120),
    rounds: z.number().int().min(1).max(probeRoundsMax),
  })
  .refine(({ first, second }) => first !== second, {
    path: ["second"],
    message: "Choose another target than the first.",
  });
export type LatencyProbeInput = z.infer<typeof latencyProbeInput>;

/** A line of the answer to `POST /api/latency/probe`: one completion, recorded as every call is. */
export type ProbeSample = {
  readonly side: "first" | "second";
  /** 1 for the first round. */
  readonly round: number;
  readonly callId: string | null;
  /** From sending to the first piece of text; null where none came. */
  readonly firstTextMs: number | null;
  /** To the end of the answer; null where it was not answered. */
  readonly totalMs: number | null;
  readonly code: string | null;
  /** What the gateway or Domicile says of a failure; null where it was answered. */
  readonly message: string | null;
  /** True where this target is asked no more: the policy refuses it, or it failed three times running. */
  readonly last: boolean;
};
