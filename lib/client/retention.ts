import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ErasureInput,
  LiftHoldInput,
  PlaceHoldInput,
  RetentionBook,
  RetentionInput,
  RetentionPreview,
  SubjectInput,
  SubjectTrace,
} from "../contracts/retention.ts";
import type { RetentionPresetId } from "../core/retention/presets.ts";
import { fetchJson } from "./fetch-json.ts";
import type { ProposalAct } from "./policies.ts";

/** What is kept of a tenant. While the worker has an erasure to carry out it is asked again. */
export function retentionQuery(slug: string) {
  return queryOptions({
    queryKey: ["retention", "book", slug] as const,
    queryFn: ({ signal }) =>
      fetchJson<RetentionBook>(`/api/retention?tenant=${encodeURIComponent(slug)}`, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.requests.some(
        ({ kind, state, erasures }) => kind === "erasure" && state === "approved" && erasures.length === 0,
      )
        ? 2_000
        : false,
  });
}

/** What would go under a period now. */
export function retentionPreviewQuery(slug: string, preset: RetentionPresetId) {
  return queryOptions({
    queryKey: ["retention", "preview", slug, preset] as const,
    queryFn: ({ signal }) =>
      fetchJson<RetentionPreview>(`/api/retention/preview?${new URLSearchParams({ tenant: slug, preset })}`, {
        signal,
      }),
    staleTime: 60_000,
  });
}

const again = (client: QueryClient) => () => client.invalidateQueries({ queryKey: ["retention", "book"] });

export function requestRetention(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: RetentionInput) => fetchJson("/api/retention", { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function placeHold(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: PlaceHoldInput) => fetchJson("/api/retention/holds", { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function requestLift(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (body: LiftHoldInput) =>
      fetchJson(`/api/retention/holds/${encodeURIComponent(id)}/lift`, { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function findSubject() {
  return mutationOptions({
    mutationFn: (body: SubjectInput) =>
      fetchJson<SubjectTrace>("/api/retention/erasures/trace", { method: "POST", body }),
  });
}

export function requestErasure(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: ErasureInput) =>
      fetchJson<SubjectTrace>("/api/retention/erasures", { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function decideRequest(client: QueryClient, slug: string, id: string) {
  return mutationOptions({
    mutationFn: ({ act, note }: { act: ProposalAct; note: string }) =>
      fetchJson(`/api/retention/requests/${encodeURIComponent(id)}/${act}`, {
        method: "POST",
        body: { tenant: slug, note },
      }),
    onSettled: again(client),
  });
}
