import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  CatalogDraft,
  CatalogPage,
  CatalogPreview,
  CatalogProposalSummary,
  CatalogVersionDetail,
  CatalogVersionSummary,
  ConfirmRowInput,
  PublishCatalogInput,
  PublishedCatalog,
} from "../contracts/catalog.ts";
import { fetchJson } from "./fetch-json.ts";
import type { ProposalAct } from "./policies.ts";

/** The catalog in force, with what is due. */
export function catalogQuery() {
  return queryOptions({
    queryKey: ["catalog", "current"] as const,
    queryFn: ({ signal }) => fetchJson<CatalogPage>("/api/catalog", { signal }),
    staleTime: 30_000,
  });
}

export function catalogVersionsQuery() {
  return queryOptions({
    queryKey: ["catalog", "versions"] as const,
    queryFn: ({ signal }) => fetchJson<readonly CatalogVersionSummary[]>("/api/catalog/versions", { signal }),
  });
}

/** One version with what it changed; versions never change. */
export function catalogVersionQuery(version: number) {
  return queryOptions({
    queryKey: ["catalog", "version", version] as const,
    queryFn: ({ signal }) => fetchJson<CatalogVersionDetail>(`/api/catalog/versions/${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function publishCatalog(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: PublishCatalogInput) =>
      fetchJson<PublishedCatalog>("/api/catalog/versions", { method: "POST", body }),
    // Where another publication came first, the draft is shown against it.
    onSettled: () => client.invalidateQueries({ queryKey: ["catalog"] }),
  });
}

/** Catalogs that wait for a second administrator, and the last ones decided; newest first. */
export function catalogProposalsQuery() {
  return queryOptions({
    queryKey: ["catalog", "proposals"] as const,
    queryFn: ({ signal }) =>
      fetchJson<readonly CatalogProposalSummary[]>("/api/catalog/proposals", { signal }),
    staleTime: 30_000,
  });
}

export function decideCatalog(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: ({ act, note }: { act: ProposalAct; note: string }) =>
      fetchJson<CatalogVersionSummary | undefined>(
        `/api/catalog/proposals/${encodeURIComponent(id)}/${act}`,
        { method: "POST", body: { note } },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["catalog"] }),
  });
}

export function confirmRow(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: ConfirmRowInput) =>
      fetchJson<{ confirmedOn: string }>("/api/catalog/confirmations", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["catalog", "current"] }),
  });
}

/** What a draft of this page would change, for whom, and whether a second administrator has to approve it. */
export function draftPreviewQuery(draft: CatalogDraft, basedOn: number) {
  return queryOptions({
    queryKey: ["catalog", "preview", basedOn, draft] as const,
    queryFn: ({ signal }) =>
      fetchJson<CatalogPreview>("/api/catalog/preview", { method: "POST", body: { draft }, signal }),
  });
}

/** What a file or a newer shipped table would change. Changes nothing. */
export function previewCatalog() {
  return mutationOptions({
    mutationFn: (draft: CatalogDraft) =>
      fetchJson<CatalogPreview>("/api/catalog/preview", { method: "POST", body: { draft } }),
  });
}
