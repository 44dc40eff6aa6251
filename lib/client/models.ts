import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { FetchedListing, FetchListingInput, ModelsPage } from "../contracts/models.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the provider listed and what was used, of one tenant or of all the reader's. */
export function modelsQuery(tenant?: string) {
  const params = new URLSearchParams(tenant ? { tenant } : {});
  return queryOptions({
    queryKey: ["models", tenant ?? null] as const,
    queryFn: ({ signal }) => fetchJson<ModelsPage>(`/api/models?${params}`, { signal }),
    staleTime: 15_000,
  });
}

/** The gateway keeps the list a moment after it has answered, so it is read twice. */
const readAgainMs = 1_500;

export function fetchListing(client: QueryClient) {
  const read = () => client.invalidateQueries({ queryKey: ["models"] });
  return mutationOptions({
    mutationFn: (body: FetchListingInput) =>
      fetchJson<FetchedListing>("/api/models/listings", { method: "POST", body }),
    onSuccess: async () => {
      setTimeout(() => void read(), readAgainMs);
      await read();
    },
  });
}
