import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { ApplicationSummary, DeclareApplicationInput } from "../contracts/applications.ts";
import { fetchJson } from "./fetch-json.ts";

/** Declares an application of the tenant. What pages say of it, of its calls and of its findings is read again. */
export function declareApplication(client: QueryClient, tenant: string) {
  return mutationOptions({
    mutationFn: ({ id, ...body }: DeclareApplicationInput & { readonly id: string }) =>
      fetchJson<ApplicationSummary>(`/api/applications/${encodeURIComponent(id)}`, {
        method: "POST",
        body: { tenant, ...body },
      }),
    onSuccess: () => client.invalidateQueries(),
  });
}
