import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { SessionSummary } from "../contracts/sessions.ts";
import { fetchJson } from "./fetch-json.ts";

/** Who is signed in: the reader, and for an admin the members of his tenants. */
export function sessionsQuery() {
  return queryOptions({
    queryKey: ["sessions"] as const,
    queryFn: ({ signal }) => fetchJson<readonly SessionSummary[]>("/api/sessions", { signal }),
    refetchInterval: 30_000,
  });
}

export function revokeSession(client: QueryClient) {
  return mutationOptions({
    mutationFn: (id: string) =>
      fetchJson<void>(`/api/sessions/${encodeURIComponent(id)}`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery().queryKey }),
  });
}
