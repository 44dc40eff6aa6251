import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { PolicyBook, SavedPolicy, SavePolicyInput } from "../contracts/policies.ts";
import type { ReplayChunk, ReplayInput } from "../contracts/replays.ts";
import { fetchJson } from "./fetch-json.ts";
import { tenantQuery, tenantsQuery } from "./tenants.ts";

/** A tenant's policies: every version, and what waits for a second person. */
export function policiesQuery(slug: string) {
  return queryOptions({
    queryKey: ["policies", slug] as const,
    queryFn: ({ signal }) =>
      fetchJson<PolicyBook>(`/api/policies?tenant=${encodeURIComponent(slug)}`, { signal }),
  });
}

export function savePolicy(client: QueryClient, slug: string) {
  return mutationOptions({
    mutationFn: (body: Omit<SavePolicyInput, "tenant">) =>
      fetchJson<SavedPolicy>("/api/policies", { method: "POST", body: { tenant: slug, ...body } }),
    onSuccess: () => readAgain(client, slug),
  });
}

export type ProposalAct = "approve" | "reject" | "withdraw";

export function decideProposal(client: QueryClient, slug: string, id: string) {
  return mutationOptions({
    mutationFn: ({ act, note }: { act: ProposalAct; note: string }) =>
      fetchJson<SavedPolicy | undefined>(`/api/policies/proposals/${encodeURIComponent(id)}/${act}`, {
        method: "POST",
        body: { tenant: slug, note },
      }),
    onSettled: () => readAgain(client, slug),
  });
}

/** One part of a replay; the caller goes on with its cursor. */
export function replayChunk(input: ReplayInput, signal: AbortSignal): Promise<ReplayChunk> {
  return fetchJson<ReplayChunk>("/api/policies/replay", { method: "POST", body: input, signal });
}

async function readAgain(client: QueryClient, slug: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: policiesQuery(slug).queryKey }),
    client.invalidateQueries({ queryKey: tenantQuery(slug).queryKey }),
    client.invalidateQueries({ queryKey: tenantsQuery().queryKey }),
    client.invalidateQueries({ queryKey: ["playground", "outlooks", slug] }),
  ]);
}
