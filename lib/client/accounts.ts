import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AccountList,
  AccountSummary,
  AddAccountInput,
  ReplaceAccountInput,
} from "../contracts/accounts.ts";
import { fetchJson } from "./fetch-json.ts";

/** What a tenant may read of its organizations at the provider. Read again each second and a half while a reading is on its way. */
export function accountsQuery(tenant: string) {
  return queryOptions({
    queryKey: ["accounts", tenant] as const,
    queryFn: ({ signal }) =>
      fetchJson<AccountList>(`/api/accounts?${new URLSearchParams({ tenant })}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.accounts.some(isBeingRead) ? 1_500 : false),
  });
}

/** Somebody waits for a reading: it was asked for, or never made. */
export function isBeingRead({ revokedAt, askedAt, lastReadAt }: AccountSummary): boolean {
  return revokedAt === null && (askedAt !== null || lastReadAt === null);
}

export function addAccount(client: QueryClient, tenant: string) {
  return change(client, tenant, (body: Omit<AddAccountInput, "tenant">) =>
    fetchJson<AccountSummary>("/api/accounts", { method: "POST", body: { tenant, ...body } }),
  );
}

export function replaceAccount(client: QueryClient, tenant: string, id: string) {
  return change(client, tenant, (body: Omit<ReplaceAccountInput, "tenant">) =>
    fetchJson<AccountSummary>(`/api/accounts/${encodeURIComponent(id)}/replace`, {
      method: "POST",
      body: { tenant, ...body },
    }),
  );
}

export function revokeAccount(client: QueryClient, tenant: string, id: string) {
  return change(client, tenant, () =>
    fetchJson<{ revokedAt: string }>(`/api/accounts/${encodeURIComponent(id)}/revoke`, {
      method: "POST",
      body: { tenant },
    }),
  );
}

/** Has the worker read the organization now. */
export function readAccountNow(client: QueryClient, tenant: string, id: string) {
  return change(client, tenant, () =>
    fetchJson<{ askedAt: string }>(`/api/accounts/${encodeURIComponent(id)}/read`, {
      method: "POST",
      body: { tenant },
    }),
  );
}

function change<Input, Output>(
  client: QueryClient,
  tenant: string,
  mutationFn: (input: Input) => Promise<Output>,
) {
  return mutationOptions({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: accountsQuery(tenant).queryKey }),
  });
}
