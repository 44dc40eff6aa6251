import { operationById } from "../core/calls/operation-by-id.ts";
import type { Policy } from "../core/policies/policy.ts";
import { policyFromPreset } from "../core/policies/presets.ts";
import { openaiCatalog } from "../core/regions/openai-catalog.ts";
import type { CallDraft } from "../gateway/plan-call.ts";
import type { TenantConfig, UsableCredential } from "../services/gateway-config/load-tenant-config.ts";

const tenant = { id: "t", slug: "t", mode: "simulated" } as const;

export const europeanKey: UsableCredential = {
  id: "eu",
  secret: "sk-sim-eu",
  hosts: ["eu.api.openai.com"],
  projectId: null,
  upstream: { kind: "openai" },
  pin: { kind: "processing", region: "eu", source: "attestation", since: null, attestedBy: null },
};

export function europeanPolicy(changes: Partial<Policy> = {}): Policy {
  const preset = { homeRegion: "eu", enforcement: { mode: "block" }, acceptance: null } as const;
  return { ...policyFromPreset("eea_ch", preset), ...changes };
}

/** A tenant of Europe, its policies by version, the newest first. */
export function europeanConfig(...policies: Policy[]): TenantConfig {
  const effectiveAt = "2026-01-01T00:00:00.000Z";
  return {
    tenant,
    policies: policies.map((policy, at) => ({
      version: policies.length - at,
      sha256: "",
      policy,
      effectiveAt,
    })),
    credentials: [europeanKey],
    catalog: openaiCatalog,
  };
}

/** A realtime session of that tenant, before anything is planned. */
export function sessionDraft(config: TenantConfig): CallDraft {
  const operation = operationById("realtime.connect");
  if (!operation) throw new Error("There is no such operation.");
  return {
    id: "019aaaaa-0000-7000-8000-000000000001",
    startedAt: Date.parse("2026-11-22T10:00:00.000Z"),
    path: "/v1/realtime",
    operation,
    asked: {
      targetRegion: null,
      subjectCountry: null,
      app: null,
      endUser: null,
      clientRequestId: null,
      traceId: null,
    },
    caller: {
      config,
      source: "playground",
      keyId: null,
      key: null,
      applicationId: "a",
      applicationName: "a",
      keyTarget: "policy",
      ownProviderKey: null,
    },
    relayCountry: "DE",
    asksStream: true,
    batch: null,
  };
}
