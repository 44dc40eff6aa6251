import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type ResourceFilters, resourceSearchParams } from "../contracts/resource-parsers.ts";
import type { ResourceDetail, ResourceKeyInput, ResourcePage } from "../contracts/resources.ts";
import { fetchJson } from "./fetch-json.ts";
import { nextPage } from "./next-page.ts";

/** The objects behind `/resources`, newest first. */
export function resourcesQuery(filters: ResourceFilters) {
  return infiniteQueryOptions({
    queryKey: ["resources", "list", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = resourceSearchParams(filters);
      if (pageParam !== null) nextPage(params, pageParam);
      return fetchJson<ResourcePage>(`/api/resources?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** One object with its lineage. Read again each second and a half while a look at it is on its way. */
export function resourceQuery({ tenant, kind, id }: ResourceKeyInput) {
  return queryOptions({
    queryKey: ["resources", "object", tenant, kind, id] as const,
    queryFn: ({ signal }) =>
      fetchJson<ResourceDetail>(`/api/resources/object?${new URLSearchParams({ tenant, kind, id })}`, {
        signal,
      }),
    refetchInterval: ({ state }) => (state.data?.item.isWanted ? 1_500 : false),
  });
}

/** Has the worker ask about one object now. */
export function refreshResource(client: QueryClient, object: ResourceKeyInput) {
  return mutationOptions({
    mutationKey: ["resources", "refresh", object] as const,
    mutationFn: () =>
      fetchJson<{ wantedAt: string }>("/api/resources/refresh", { method: "POST", body: object }),
    onSettled: () => client.invalidateQueries({ queryKey: ["resources"] }),
  });
}
