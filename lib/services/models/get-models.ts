import type { ListingSource, ModelsPage, ModelsSearch } from "../../contracts/models.ts";
import { dayMs } from "../../core/calendar.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { listingNotices, newestListings, usedModels } from "../../db/model-listing.ts";
import { credentialsOfTenants } from "../../db/provider-credential.ts";
import { readTenantsSql, withTenant } from "../../db/with-tenant.ts";
import { type TenantRef, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";

const noticesMax = 50;
const usedDays = 30;

/** What the provider listed to the tenants' keys, how that changed, and which models were sent where. */
export async function getModels(
  actor: Actor,
  { tenant }: ModelsSearch,
  now = new Date(),
): Promise<ModelsPage> {
  const tenants = await tenantsFor(actor, "call:read", tenant);
  const ids = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const slugOf = (id: string) => slugs.get(id) ?? id;
  const since = new Date(now.getTime() - usedDays * dayMs);
  const [{ listings, notices, used }, credentials, catalog] = await Promise.all([
    readTenantsSql(ids, async (sql) => ({
      listings: await newestListings(sql, ids),
      notices: await listingNotices(sql, ids, noticesMax),
      used: await usedModels(sql, ids, since),
    })),
    credentialsOf(tenants),
    currentCatalog(),
  ]);
  const labels = new Map(credentials.map(({ id, label }) => [id, label]));
  return {
    listings: listings.map(({ tenantId, credential, at, modelsSha256: _, ...row }) => ({
      ...row,
      tenant: slugOf(tenantId),
      credential: labels.get(credential) ?? null,
      at: at.toISOString(),
    })),
    notices: notices.map(({ tenantId, at, ...row }) => ({
      ...row,
      tenant: slugOf(tenantId),
      at: at.toISOString(),
    })),
    sources: credentials.flatMap((credential) => sourcesOf(credential, catalog)),
    used,
    usedSince: since.toISOString(),
  };
}

type TenantCredential = {
  tenant: string;
  id: string;
  label: string;
  hosts: string[];
  revokedAt: Date | null;
};

async function credentialsOf(tenants: readonly TenantRef[]): Promise<TenantCredential[]> {
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const read = [...slugs.keys()];
  const rows = await withTenant({ read, write: null }, (tx) => credentialsOfTenants(tx, read));
  return rows.map(({ tenantId, ...row }) => ({ tenant: slugs.get(tenantId) ?? tenantId, ...row }));
}

function sourcesOf({ tenant, label, hosts, revokedAt }: TenantCredential, catalog: Catalog): ListingSource[] {
  if (revokedAt !== null) return [];
  return hosts.map((host) => ({
    tenant,
    host,
    region: classifyHost(host, catalog, []).region ?? "unknown",
    credential: label,
  }));
}
