import { queryOptions } from "@tanstack/react-query";
import type { Usage } from "../contracts/usage.ts";
import { askedOf, type UsageState, usageHref } from "../contracts/usage-parsers.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the usage page shows, asked again every minute while somebody looks. */
export function usageQuery(state: UsageState) {
  const asked = askedOf(state);
  return queryOptions({
    queryKey: ["usage", asked] as const,
    queryFn: ({ signal }) => fetchJson<Usage>(usageHref("/api/usage", asked), { signal }),
    refetchInterval: 60_000,
  });
}
