import { reachedBy } from "../../core/policies/catalog-reach.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { insertAdoption, newestAdoptions } from "../../db/catalog-adoption.ts";
import type { CatalogVersionRow } from "../../db/catalog-version.ts";
import { isUniqueViolation } from "../../db/is-unique-violation.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { log } from "../../log.ts";
import type { Actor } from "../actor.ts";
import { catalogOf } from "../calls/catalog-of.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { mutation } from "../mutation.ts";
import { newestPolicy } from "../policies/newest-policy.ts";
import { recordedSentences } from "../policies/recorded-sentences.ts";
import { currentVersion } from "./current-catalog.ts";
import { changesBetween } from "./read-draft.ts";

const job: Actor = { kind: "system", job: "catalog" };

type Adoption = CatalogVersionRow & {
  readonly tenant: string;
  /** What the tenant's calls were judged by so far; null: by none, it is new. */
  readonly before: number | null;
};

const adopt = mutation<Adoption, void>({
  permission: "tenant:read",
  event: "catalog.adopted",
  changesConfig: false,
  run: async ({ tx, tenant, at }, { version, sha256, publishedBy, approvedBy, reason, before }) => {
    await insertAdoption(tx, { tenantId: tenant.tenantId, version, sha256, adoptedAt: at });
    const changed =
      before === null ? {} : await whatChanged(before, version, await newestPolicy(tx, tenant.tenantId));
    return {
      output: undefined,
      subject: String(version),
      detail: { version, sha256, publishedBy, approvedBy, reason, ...changed },
    };
  },
});

/** What the catalog says otherwise than the one before, and where the tenant's own policy lets calls go by it. */
async function whatChanged(before: number, version: number, policy: Policy) {
  const [was, is] = [await catalogOf(before), await catalogOf(version)];
  const changes = changesBetween(was, is);
  const sentencesOf = (widens: boolean) =>
    recordedSentences(
      changes.filter(({ effect }) => (effect === "widens") === widens).map(({ sentence }) => sentence),
    );
  return {
    versionBefore: before,
    changes: changes.length,
    reachable: recordedSentences(reachedBy(policy, is, was)),
    widening: sentencesOf(true),
    otherChanges: sentencesOf(false),
  };
}

/**
 * Says in every tenant's own log by which catalog its calls are judged from now on, once per version. Safe to repeat
 * and to run twice at a time.
 */
export async function recordAdoptions(): Promise<number> {
  const newest = await currentVersion();
  const tenantIds = await allTenantIds();
  const adopted = await withTenantSql({ read: tenantIds, write: null }, (sql) =>
    newestAdoptions(sql, tenantIds),
  );
  let recorded = 0;
  await forEachTenant(tenantIds, async (tenant) => {
    const before = adopted.get(tenant) ?? null;
    if (before !== null && before >= newest.version) return;
    try {
      await adopt(job, { ...newest, tenant, before });
      recorded += 1;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  });
  return recorded;
}

/** crash: the publication stands. What is missing in a tenant's log the worker adds. */
export async function tellTenants(version: number): Promise<void> {
  await recordAdoptions().catch((error: unknown) =>
    log.warn({ err: error, version }, "the worker tells the tenants of the new catalog"),
  );
}
