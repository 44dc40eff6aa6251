import type { CredentialSummary, TenantDetail } from "../../../lib/contracts/tenants.ts";

/** A tenant as its page shows it, with nothing in it. Each case states what differs. */
export function sampleTenant(over: Partial<TenantDetail> = {}): TenantDetail {
  return {
    id: "01a20000-0000-7000-8000-000000000001",
    slug: "nordbank",
    name: "Nordbank",
    mode: "live",
    homeRegion: "eu",
    preset: "eea_ch",
    enforcement: "block",
    role: "admin",
    createdAt: "2026-11-22T09:00:00.000Z",
    policyVersion: 1,
    policySentences: [],
    applications: [],
    keys: [],
    credentials: [],
    members: [],
    ...over,
  };
}

/** A key of an Azure resource. */
export function sampleCredential(over: Partial<CredentialSummary> = {}): CredentialSummary {
  return {
    id: "01a20000-0000-7000-8000-000000000002",
    label: "Sweden",
    hint: "a1b2",
    projectId: null,
    hosts: ["bank-se.openai.azure.com"],
    upstream: {
      kind: "azure",
      paths: "deployments",
      apiVersion: "2024-10-21",
      deployments: [
        { model: "gpt-5.5", name: "chat-se", sku: "Standard" },
        { model: "gpt-5.5-mini", name: "gpt-5.5-mini", sku: "GlobalStandard" },
      ],
    },
    replaces: null,
    createdAt: "2026-11-22T09:00:00.000Z",
    revokedAt: null,
    pin: {
      kind: "unknown",
      region: null,
      source: "none",
      since: null,
      attestedBy: null,
      statement: null,
      recordedBy: null,
      overrides: null,
    },
    ...over,
  };
}
