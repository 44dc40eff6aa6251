import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  CatalogDraft,
  CatalogPage,
  CatalogPreview,
  CatalogVersionDetail,
  CatalogVersionSummary,
  ConfirmRowInput,
  PublishCatalogInput,
} from "../contracts/catalog.ts";
import { fetchJson } from "./fetch-json.ts";

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
      fetchJson<CatalogVersionSummary>("/api/catalog/versions", { method: "POST", body }),
    // Where another publication came first, the draft is shown against it.
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

/** What a file or a newer shipped table would change. Changes nothing. */
export function previewCatalog() {
  return mutationOptions({
    mutationFn: (draft: CatalogDraft) =>
      fetchJson<CatalogPreview>("/api/catalog/preview", { method: "POST", body: { draft } }),
  });
}
