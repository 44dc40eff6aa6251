import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type FindingFilters, findingSearchParams } from "../contracts/finding-parsers.ts";
import type { FindingDetail, FindingPage, ResolveInput } from "../contracts/findings.ts";
import { fetchJson } from "./fetch-json.ts";

/** The inbox behind `/findings`: by severity, then last seen. */
export function findingsQuery(filters: FindingFilters) {
  return infiniteQueryOptions({
    queryKey: ["findings", "list", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = findingSearchParams(filters);
      if (pageParam !== null) params.set("cursor", pageParam);
      return fetchJson<FindingPage>(`/api/findings?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

export function findingQuery(id: string) {
  return queryOptions({
    queryKey: ["findings", "detail", id] as const,
    queryFn: ({ signal }) => fetchJson<FindingDetail>(`/api/findings/${encodeURIComponent(id)}`, { signal }),
  });
}

export type FindingChange =
  | { readonly kind: "acknowledge"; readonly note?: string }
  | ({ readonly kind: "resolve" } & ResolveInput);

/** A change of one finding. Not optimistic: neither step can be undone. */
export function changeFinding(client: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["findings", "change", id] as const,
    mutationFn: ({ kind, ...body }: FindingChange) =>
      fetchJson<FindingDetail>(`/api/findings/${encodeURIComponent(id)}/${kind}`, { method: "POST", body }),
    onSuccess: async (finding) => {
      client.setQueryData(findingQuery(id).queryKey, finding);
      await Promise.all([
        client.invalidateQueries({ queryKey: ["findings", "list"] }),
        client.invalidateQueries({ queryKey: ["overview"] }),
      ]);
    },
  });
}
