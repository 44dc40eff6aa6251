import { infiniteQueryOptions } from "@tanstack/react-query";
import type { TrailFilters, TrailPage } from "../contracts/trail.ts";
import { trailSearchParams } from "../contracts/trail-parsers.ts";
import { fetchJson } from "./fetch-json.ts";
import { nextPage } from "./next-page.ts";

/** Who did, saw and took what in a tenant, newest first. */
export function trailQuery(filters: TrailFilters) {
  return infiniteQueryOptions({
    queryKey: ["trail", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = trailSearchParams(filters);
      if (pageParam !== null) nextPage(params, pageParam);
      return fetchJson<TrailPage>(`/api/trail?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
