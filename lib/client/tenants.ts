import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AttestPinInput,
  CreateCredentialInput,
  CreatedKey,
  CreateKeyInput,
  CreateTenantInput,
  CredentialSummary,
  NameProjectInput,
  PinSummary,
  ProbeOutcome,
  ProbePinInput,
  ReplaceCredentialInput,
  RotateKeyInput,
  TenantDetail,
  TenantSummary,
} from "../contracts/tenants.ts";
import { fetchJson } from "./fetch-json.ts";

/** The tenants the reader is a member of. */
export function tenantsQuery() {
  return queryOptions({
    queryKey: ["tenants", "list"] as const,
    queryFn: ({ signal }) => fetchJson<readonly TenantSummary[]>("/api/tenants", { signal }),
  });
}

/** One tenant with its policy in words, keys, credentials and members. */
export function tenantQuery(slug: string) {
  return queryOptions({
    queryKey: ["tenants", "detail", slug] as const,
    queryFn: ({ signal }) => fetchJson<TenantDetail>(`/api/tenants/${encodeURIComponent(slug)}`, { signal }),
  });
}

export function createTenant(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: CreateTenantInput) =>
      fetchJson<TenantSummary>("/api/tenants", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: tenantsQuery().queryKey }),
  });
}

export function createKey(client: QueryClient, tenant: string) {
  return change(client, tenant, (body: CreateKeyInput) =>
    fetchJson<CreatedKey>("/api/keys", { method: "POST", body: { tenant, ...body } }),
  );
}

export function rotateKey(client: QueryClient, tenant: string, keyId: string) {
  return change(client, tenant, (body: RotateKeyInput) =>
    fetchJson<CreatedKey>(`/api/keys/${encodeURIComponent(keyId)}/rotate`, {
      method: "POST",
      body: { tenant, ...body },
    }),
  );
}

export function revokeKey(client: QueryClient, tenant: string) {
  return change(client, tenant, (keyId: string) =>
    fetchJson<{ revokedAt: string }>(`/api/keys/${encodeURIComponent(keyId)}/revoke`, {
      method: "POST",
      body: { tenant },
    }),
  );
}

export function createCredential(client: QueryClient, tenant: string) {
  return change(client, tenant, (body: CreateCredentialInput) =>
    fetchJson<CredentialSummary>("/api/credentials", { method: "POST", body: { tenant, ...body } }),
  );
}

export function replaceCredential(client: QueryClient, tenant: string, credentialId: string) {
  return change(client, tenant, (body: ReplaceCredentialInput) =>
    fetchJson<CredentialSummary>(`/api/credentials/${encodeURIComponent(credentialId)}/replace`, {
      method: "POST",
      body: { tenant, ...body },
    }),
  );
}

export function nameProject(client: QueryClient, tenant: string, credentialId: string) {
  return change(client, tenant, (body: NameProjectInput) =>
    fetchJson<CredentialSummary>(`/api/credentials/${encodeURIComponent(credentialId)}/project`, {
      method: "POST",
      body: { tenant, ...body },
    }),
  );
}

export function revokeCredential(client: QueryClient, tenant: string) {
  return change(client, tenant, (credentialId: string) =>
    fetchJson<{ revokedAt: string }>(`/api/credentials/${encodeURIComponent(credentialId)}/revoke`, {
      method: "POST",
      body: { tenant },
    }),
  );
}

export function attestPin(client: QueryClient, tenant: string) {
  return change(client, tenant, (body: AttestPinInput) =>
    fetchJson<PinSummary>("/api/pins", { method: "POST", body: { tenant, ...body } }),
  );
}

export function probePin(client: QueryClient, tenant: string) {
  return change(client, tenant, (body: ProbePinInput) =>
    fetchJson<ProbeOutcome>("/api/pins/probe", { method: "POST", body: { tenant, ...body } }),
  );
}

/** A change within a tenant. What its page and the playground know of it is read again. */
function change<Input, Output>(
  client: QueryClient,
  tenant: string,
  mutationFn: (input: Input) => Promise<Output>,
) {
  return mutationOptions({
    mutationFn,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: tenantQuery(tenant).queryKey }),
        client.invalidateQueries({ queryKey: ["playground", "outlooks", tenant] }),
      ]);
    },
  });
}
