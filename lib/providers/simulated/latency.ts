import { digestNumber } from "./digest.ts";
import type { SimulatedHost } from "./simulated-hosts.ts";

/** `none`: as fast as the machine. `small`: tens of milliseconds, different per region. */
export type LatencyMode = "none" | "small";

/** Milliseconds before the answer's first byte: from host and request alone, so a run can be repeated. */
export function latencyMs(mode: LatencyMode, host: SimulatedHost, request: string): number {
  if (mode === "none") return 0;
  const base = baseMs[host.region ?? "lookalike"] ?? 70;
  return base + (digestNumber(host.host, request) % (base / 2));
}

/** Milliseconds between two pieces of a stream. */
export function betweenChunksMs(mode: LatencyMode): number {
  return mode === "none" ? 0 : 12;
}

const baseMs: Readonly<Record<string, number>> = {
  global: 60,
  us: 64,
  eu: 78,
  gb: 80,
  ca: 72,
  ae: 120,
  in: 130,
  sg: 140,
  jp: 136,
  kr: 144,
  au: 150,
  lookalike: 90,
};
