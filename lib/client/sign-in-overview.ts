import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { BindIdentityInput, OwnSignIn, SignInOverview } from "../contracts/sign-in.ts";
import { fetchJson } from "./fetch-json.ts";

/** How the reader signs in. */
export function ownSignInQuery() {
  return queryOptions({
    queryKey: ["sign-in", "own"] as const,
    queryFn: ({ signal }) => fetchJson<OwnSignIn>("/api/session/sign-in", { signal }),
  });
}

/** How everybody does; for administrators of the deployment. */
export function signInOverviewQuery() {
  return queryOptions({
    queryKey: ["sign-in", "all"] as const,
    queryFn: ({ signal }) => fetchJson<SignInOverview>("/api/sign-in", { signal }),
  });
}

const again = (client: QueryClient) => () =>
  Promise.all([
    client.invalidateQueries({ queryKey: ["sign-in"] }),
    client.invalidateQueries({ queryKey: ["sessions"] }),
  ]);

/** Says who somebody at the identity provider is here. */
export function bindIdentity(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ personId, ...body }: BindIdentityInput & { personId: string }) =>
      fetchJson<void>(`/api/people/${encodeURIComponent(personId)}/identity`, { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function unbindIdentity(client: QueryClient) {
  return mutationOptions({
    mutationFn: (personId: string) =>
      fetchJson<void>(`/api/people/${encodeURIComponent(personId)}/identity`, { method: "DELETE" }),
    onSuccess: again(client),
  });
}
