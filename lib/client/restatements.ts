import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { RangeSearch } from "../contracts/range.ts";
import type {
  CallRestatement,
  RestatedCalls,
  RestatementEffect,
  RestatementInput,
  RestatementScope,
  RestatementSummary,
} from "../contracts/restatements.ts";
import { fetchJson } from "./fetch-json.ts";
import type { ProposalAct } from "./policies.ts";

/** A tenant's restatements, the newest first. */
export function restatementsQuery(slug: string) {
  return queryOptions({
    queryKey: ["restatements", "list", slug] as const,
    queryFn: ({ signal }) =>
      fetchJson<readonly RestatementSummary[]>(`/api/restatements?tenant=${encodeURIComponent(slug)}`, {
        signal,
      }),
  });
}

/** What one that waits would do to the record as it stands. */
export function restatementEffectQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["restatements", "effect", slug, id] as const,
    queryFn: ({ signal }) =>
      fetchJson<RestatementEffect>(
        `/api/restatements/${encodeURIComponent(id)}/effect?tenant=${encodeURIComponent(slug)}`,
        { signal },
      ),
    staleTime: 60_000,
  });
}

/** The calls of a window that were restated. */
export function restatedCallsQuery(range: RangeSearch) {
  return queryOptions({
    queryKey: ["restatements", "calls", range] as const,
    queryFn: ({ signal }) => {
      const params = new URLSearchParams(
        Object.entries(range).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      );
      return fetchJson<RestatedCalls>(`/api/restatements/calls?${params}`, { signal });
    },
    staleTime: 60_000,
  });
}

/** Every approved restatement of one call. */
export function callRestatementsQuery(id: string) {
  return queryOptions({
    queryKey: ["restatements", "call", id] as const,
    queryFn: ({ signal }) =>
      fetchJson<readonly CallRestatement[]>(`/api/calls/${encodeURIComponent(id)}/restatements`, { signal }),
    staleTime: 60_000,
  });
}

export function previewRestatement() {
  return mutationOptions({
    mutationFn: (body: RestatementScope) =>
      fetchJson<RestatementEffect>("/api/restatements/preview", { method: "POST", body }),
  });
}

export function createRestatement(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: RestatementInput) =>
      fetchJson<{ id: string }>("/api/restatements", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["restatements"] }),
  });
}

export function decideRestatement(client: QueryClient, slug: string, id: string) {
  return mutationOptions({
    mutationFn: ({ act, note }: { act: ProposalAct; note: string }) =>
      fetchJson<RestatementEffect | undefined>(`/api/restatements/${encodeURIComponent(id)}/${act}`, {
        method: "POST",
        body: { tenant: slug, note },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["restatements"] }),
  });
}
