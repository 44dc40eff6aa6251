import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { type Pin, type PolicyInForce, unknownPin } from "../../core/policies/policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import type { Upstream } from "../../core/upstreams/upstream.ts";
import { newestPins, type PinRow } from "../../db/pin.ts";
import { newestPolicies } from "../../db/policy-version.ts";
import { liveCredentials } from "../../db/provider-credential.ts";
import { findTenantById } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { parseUpstream } from "../credentials/parse-upstream.ts";
import { openSecret } from "../secrets/seal-secret.ts";

export type UsableCredential = {
  readonly id: string;
  /** In the clear: keep it in memory only, as long as the configuration is. */
  readonly secret: string;
  /** The hosts it may be sent to, and nowhere else. */
  readonly hosts: readonly string[];
  readonly projectId: string | null;
  readonly pin: Pin;
  /** How requests are put to those hosts. */
  readonly upstream: Upstream;
};

export type TenantConfig = {
  readonly tenant: { readonly id: string; readonly slug: string; readonly mode: "live" | "simulated" };
  /** Newest first. In force at a moment: the first whose `effectiveAt` is not after it. */
  readonly policies: readonly (PolicyInForce & { readonly effectiveAt: string })[];
  /** Newest first, without revoked ones. */
  readonly credentials: readonly UsableCredential[];
  /** The newest published one. It names its version. */
  readonly catalog: Catalog;
};

/** All a gateway needs to plan a tenant's calls; null where there is no such tenant. */
export async function loadTenantConfig(tenantId: string): Promise<TenantConfig | null> {
  const tenant = await findTenantById(tenantId);
  if (!tenant) return null;
  const catalog = await currentCatalog();
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    const policies = await newestPolicies(sql, tenantId, 20);
    const credentials = await liveCredentials(sql, tenantId);
    const pins = await newestPins(sql, tenantId, new Date());
    return {
      tenant: { id: tenant.id, slug: tenant.slug, mode: tenant.mode },
      policies: policies.map((row) => ({
        version: row.version,
        sha256: row.sha256,
        policy: parsePolicy(row.body),
        effectiveAt: row.effectiveAt.toISOString(),
      })),
      credentials: credentials.map((row) => ({
        id: row.id,
        secret: openSecret(row.sealed, { tenantId, credentialId: row.id }),
        hosts: row.hosts,
        projectId: row.projectId,
        pin: pinOf(pins.get(row.id)),
        upstream: parseUpstream(row.upstream),
      })),
      catalog,
    };
  });
}

function pinOf(stated: PinRow | undefined): Pin {
  if (!stated) return unknownPin;
  const { credentialId: _, statement: __, ...pin } = stated;
  return pin;
}
