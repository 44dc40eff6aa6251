import { queryOptions } from "@tanstack/react-query";
import type { Overview } from "../contracts/overview.ts";
import { type OverviewState, overviewHref } from "../contracts/overview-parsers.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the overview shows, asked again every minute while somebody looks. */
export function overviewQuery(state: OverviewState) {
  return queryOptions({
    queryKey: ["overview", state] as const,
    queryFn: ({ signal }) => fetchJson<Overview>(overviewHref("/api/overview", state), { signal }),
    refetchInterval: 60_000,
  });
}
