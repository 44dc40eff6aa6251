import { queryOptions } from "@tanstack/react-query";
import type { Latency } from "../contracts/latency.ts";
import { type LatencyState, latencyHref } from "../contracts/latency-parsers.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the latency page shows, asked again every minute while somebody looks. */
export function latencyQuery(state: LatencyState) {
  return queryOptions({
    queryKey: ["latency", state] as const,
    queryFn: ({ signal }) => fetchJson<Latency>(latencyHref("/api/latency", state), { signal }),
    refetchInterval: 60_000,
  });
}
