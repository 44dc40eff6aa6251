import { infiniteQueryOptions } from "@tanstack/react-query";
import { type ResourceFilters, resourceSearchParams } from "../contracts/resource-parsers.ts";
import type { ResourcePage } from "../contracts/resources.ts";
import { fetchJson } from "./fetch-json.ts";

/** The objects behind `/resources`, newest first. */
export function resourcesQuery(filters: ResourceFilters) {
  return infiniteQueryOptions({
    queryKey: ["resources", "list", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = resourceSearchParams(filters);
      if (pageParam !== null) params.set("cursor", pageParam);
      return fetchJson<ResourcePage>(`/api/resources?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}
