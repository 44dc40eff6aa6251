import { insertAdoption, tenantsThatAdopted } from "../../db/catalog-adoption.ts";
import type { CatalogVersionRow } from "../../db/catalog-version.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { mutation } from "../mutation.ts";
import { currentVersion } from "./current-catalog.ts";

const job: Actor = { kind: "system", job: "catalog" };

const adopt = mutation<CatalogVersionRow & { readonly tenant: string }, void>({
  permission: "tenant:read",
  event: "catalog.adopted",
  changesConfig: false,
  run: async ({ tx, tenant, at }, { version, sha256, publishedBy, reason }) => {
    await insertAdoption(tx, { tenantId: tenant.tenantId, version, sha256, adoptedAt: at });
    return { output: undefined, subject: String(version), detail: { version, sha256, publishedBy, reason } };
  },
});

/**
 * Says in every tenant's own log by which catalog its calls are judged from now on, once per version. Safe to repeat
 * and to run twice at a time.
 */
export async function recordAdoptions(): Promise<number> {
  const newest = await currentVersion();
  const tenantIds = await allTenantIds();
  const done = await withTenantSql({ read: tenantIds, write: null }, (sql) =>
    tenantsThatAdopted(sql, tenantIds, newest.version),
  );
  let recorded = 0;
  await forEachTenant(tenantIds, async (tenant) => {
    if (done.has(tenant)) return;
    try {
      await adopt(job, { ...newest, tenant });
      recorded += 1;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  });
  return recorded;
}
