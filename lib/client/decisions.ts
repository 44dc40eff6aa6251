import { queryOptions } from "@tanstack/react-query";
import type { WaitingItem } from "../contracts/decisions.ts";
import { fetchJson } from "./fetch-json.ts";

/** What waits for a second person, asked again every minute while somebody looks. */
export function waitingQuery(tenant: string | null) {
  const params = new URLSearchParams(tenant === null ? {} : { tenant });
  return queryOptions({
    queryKey: ["decisions", "waiting", tenant] as const,
    queryFn: ({ signal }) =>
      fetchJson<readonly WaitingItem[]>(`/api/decisions/waiting?${params}`, { signal }),
    refetchInterval: 60_000,
  });
}
