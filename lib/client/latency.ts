import { queryOptions } from "@tanstack/react-query";
import type { Latency, LatencyProbeInput, ProbeSample } from "../contracts/latency.ts";
import { type LatencyState, latencyHref } from "../contracts/latency-parsers.ts";
import { fetchJson, fetchLines } from "./fetch-json.ts";

/** What the latency page shows, asked again every minute while somebody looks. What of it is drawn asks for nothing else. */
export function latencyQuery({ measure: _m, percentile: _p, rows: _r, ...asked }: LatencyState) {
  return queryOptions({
    queryKey: ["latency", asked] as const,
    queryFn: ({ signal }) => fetchJson<Latency>(latencyHref("/api/latency", asked), { signal }),
    refetchInterval: 60_000,
  });
}

/** Has two targets asked in turn, and tells each sample as it ends. */
export function probeLatency(
  input: LatencyProbeInput,
  onSample: (sample: ProbeSample) => void,
  signal: AbortSignal,
): Promise<void> {
  return fetchLines<ProbeSample>("/api/latency/probe", { method: "POST", body: input, signal }, onSample);
}
