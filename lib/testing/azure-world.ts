import type { CreateCredentialInput } from "../contracts/tenants.ts";
import type { Policy } from "../core/policies/policy.ts";
import { policyFromPreset } from "../core/policies/presets.ts";
import type { CatalogEdit } from "../core/regions/edit-catalog.ts";
import { recordedCatalog } from "../core/verdicts/golden/recorded-catalog.ts";
import { raiseRevision } from "../db/deployment.ts";
import { insertPolicyVersion } from "../db/policy-version.ts";
import { tenantScope, withTenant } from "../db/with-tenant.ts";
import type { GatewaySettings } from "../gateway/settings.ts";
import type { Actor } from "../services/actor.ts";
import { createCredential } from "../services/credentials/create-credential.ts";
import { createKey } from "../services/keys/create-key.ts";
import { storedForm } from "../services/policies/checked-policy.ts";
import { createGatewayWorld, type GatewayWorld, type WorldTenant } from "./gateway-world.ts";
import { publishApproved } from "./publish-approved.ts";

export const swedenHost = "domicile-sweden.openai.azure.com";
export const zoneHost = "domicile-zone.openai.azure.com";
export const globalHost = "domicile-global.openai.azure.com";
/** Admitted by policies that a test writes. */
export const customHost = "llm.bank.example";

type Upstream = CreateCredentialInput["upstream"];

export type UpstreamWish = {
  readonly slug: string;
  readonly host: string;
  readonly upstream: Upstream;
  readonly secret: string;
  readonly preset?: "eea_ch" | "no_location_requirement";
  readonly enforcement?: "block" | "observe";
  /** What differs from the preset. */
  readonly change?: Partial<Policy>;
};

export type UpstreamTenant = WorldTenant & { readonly credentialId: string };

export type AzureWorld = {
  readonly world: GatewayWorld;
  /** A tenant with one credential, whose key aims at the credential's host. */
  addTenant(wish: UpstreamWish): Promise<UpstreamTenant>;
  /** Another policy of a tenant, in force at once, and approved by nobody. */
  putPolicy(tenantId: string, wish: PolicyWish): Promise<void>;
};

type PolicyWish = {
  readonly preset: NonNullable<UpstreamWish["preset"]>;
  readonly version: number;
  readonly enforcement?: NonNullable<UpstreamWish["enforcement"]>;
  readonly change: Partial<Policy>;
};

export const v1 = (deployments: AzureDeployments = []): Upstream => ({
  kind: "azure",
  paths: "v1",
  apiVersion: null,
  deployments: [...deployments],
});

export const classic = (deployments: AzureDeployments = []): Upstream => ({
  kind: "azure",
  paths: "deployments",
  apiVersion: "2024-10-21",
  deployments: [...deployments],
});

type AzureDeployments = Extract<Upstream, { kind: "azure" }>["deployments"];

/** Labels are evidence enough, so that a data zone's configured countries can clear a call. */
export const labelsWillDo = {
  minimumGrade: { relay: "E", ingress: "E", inference: "E", handling: "E", storage: "E" },
} as const;

const admin: Actor = { kind: "system", job: "test" };

/** A gateway world whose catalog knows the simulated resources of Azure. */
export async function createAzureWorld(settings: Partial<GatewaySettings> = {}): Promise<AzureWorld> {
  const world = await createGatewayWorld(settings);
  await world.as("web", () =>
    publishApproved({
      basedOn: 1,
      reason: "The resources of Azure that the test calls.",
      draft: { kind: "edits", edits: azureEdits() },
    }),
  );
  return {
    world,
    addTenant: (wish) => world.as("web", () => addTenant(world, wish)),
    putPolicy: (tenantId, wish) => world.as("web", () => putPolicy(tenantId, wish)),
  };
}

/** What puts the simulated resources of Azure into a catalog. */
export function azureEdits(): CatalogEdit[] {
  const { regions, hosts } = recordedCatalog();
  const like = (name: string, host: string): CatalogEdit[] =>
    hosts
      .filter((row) => row.host === name)
      .map((row) => ({ kind: "put", table: "hosts", row: { ...row, host, confirmedBy: null } }));
  return [
    ...regions
      .filter(({ provider }) => provider === "azure")
      .filter(({ code }) => code !== "azure-us")
      .map((row): CatalogEdit => ({ kind: "put", table: "regions", row: unconfirmed(row) })),
    ...like("bank-se.openai.azure.com", swedenHost),
    ...like("bank-zone.openai.azure.com", zoneHost),
    ...like("bank-global.openai.azure.com", globalHost),
  ];
}

type Region = ReturnType<typeof recordedCatalog>["regions"][number];

/** A confirmation is not published: a person gives it. */
function unconfirmed(row: Region): Region {
  const bare = { confirmedBy: null };
  return {
    ...row,
    hosts: [row.code === "azure-se" ? swedenHost : zoneHost],
    storage: { ...row.storage, ...bare },
    processing: { ...row.processing, ...bare },
    retentionControl: { ...row.retentionControl, ...bare },
    stated: { ...row.stated, ...bare },
  };
}

async function addTenant(world: GatewayWorld, wish: UpstreamWish): Promise<UpstreamTenant> {
  const { slug, host, preset = "eea_ch", enforcement = "block" } = wish;
  const tenant = await world.addTenant({ slug, preset, enforcement });
  const { change } = wish;
  if (change) await putPolicy(tenant.id, { preset, version: 2, enforcement, change });
  const credential = await createCredential(admin, {
    tenant: slug,
    label: host,
    secret: wish.secret,
    projectId: null,
    hosts: [host],
    upstream: wish.upstream,
  });
  const made = await createKey(admin, {
    tenant: slug,
    name: "upstream",
    kind: "gateway",
    application: "app",
    environment: "test",
    purpose: "",
    target: host,
  });
  return { ...tenant, key: made.secret, keyId: made.key.id, credentialId: credential.id };
}

async function putPolicy(
  tenantId: string,
  { preset, version, enforcement: mode = "block", change }: PolicyWish,
): Promise<void> {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const policy: Policy = {
    ...policyFromPreset(preset, {
      homeRegion: preset === "eea_ch" ? "eu" : null,
      enforcement: mode === "block" ? { mode } : { mode, until },
      acceptance: null,
    }),
    ...change,
  };
  const at = new Date();
  await withTenant(tenantScope(tenantId), async (tx) => {
    await insertPolicyVersion(tx, {
      tenantId,
      version,
      preset: "custom",
      ...storedForm(policy),
      effectiveAt: at,
      createdAt: at,
      createdBy: "test",
      createdById: null,
      reason: "For the test.",
      proposalId: null,
      approvedBy: null,
    });
    await raiseRevision(tx);
  });
}
