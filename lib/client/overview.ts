import { queryOptions } from "@tanstack/react-query";
import type { Overview } from "../contracts/overview.ts";
import { type RangeState, rangeHref } from "../contracts/range-parsers.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the overview shows, asked again every minute while somebody looks. */
export function overviewQuery(state: RangeState) {
  return queryOptions({
    queryKey: ["overview", state] as const,
    queryFn: ({ signal }) => fetchJson<Overview>(rangeHref("/api/overview", state), { signal }),
    refetchInterval: 60_000,
  });
}
