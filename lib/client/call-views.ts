import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { CallView, ChangeCallViewInput, SaveCallViewInput } from "../contracts/call-views.ts";
import { fetchJson } from "./fetch-json.ts";

/** Views of calls: the reader's own, and those that are shared with him. */
export const callViewsQuery = queryOptions({
  queryKey: ["call-views"] as const,
  queryFn: ({ signal }) => fetchJson<readonly CallView[]>("/api/calls/views", { signal }),
});

const again = (client: QueryClient) => () => client.invalidateQueries({ queryKey: callViewsQuery.queryKey });

export function saveCallView(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: SaveCallViewInput) =>
      fetchJson<{ id: string }>("/api/calls/views", { method: "POST", body }),
    onSuccess: again(client),
  });
}

const pathOf = (id: string) => `/api/calls/views/${encodeURIComponent(id)}`;

export function changeCallView(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ id, ...body }: ChangeCallViewInput & { id: string }) =>
      fetchJson<void>(pathOf(id), { method: "PATCH", body }),
    onSuccess: again(client),
  });
}

export function deleteCallView(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ id, tenant }: { id: string; tenant: string }) =>
      fetchJson<void>(pathOf(id), { method: "DELETE", body: { tenant } }),
    onSuccess: again(client),
  });
}
