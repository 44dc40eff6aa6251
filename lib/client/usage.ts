import { queryOptions } from "@tanstack/react-query";
import type { Usage } from "../contracts/usage.ts";
import { type UsageState, usageHref } from "../contracts/usage-parsers.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the usage page shows, asked again every minute while somebody looks. */
export function usageQuery(state: UsageState) {
  return queryOptions({
    queryKey: ["usage", state] as const,
    queryFn: ({ signal }) => fetchJson<Usage>(usageHref("/api/usage", state), { signal }),
    refetchInterval: 60_000,
  });
}
