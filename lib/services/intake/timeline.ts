import type { Pin } from "../../core/policies/policy.ts";
import { unknownPin } from "../../core/policies/policy.ts";
import { catalogVersions } from "../../db/catalog-version.ts";
import { pinsOfProjects } from "../../db/pin.ts";
import { policyTimes } from "../../db/policy-version.ts";
import { findTenantById } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";

/** What was in force when, for reports of calls that began at any time. */
export type Timeline = {
  readonly simulated: boolean;
  /** The version in force at a moment. Before the first one: that, and `retrospective`. null: the tenant has none. */
  policyAt(atMs: number): { readonly version: number; readonly retrospective: boolean } | null;
  /** The version that calls were judged by then; before the first one: that. */
  catalogAt(atMs: number): number;
  /** What was known then of a project that a credential of the tenant names. */
  pinAt(projectId: string | null, atMs: number): Pin;
};

/** A policy takes effect half a minute after it was saved, so a list of this age misses none. */
const keptMs = 5_000;
const tenantsMax = 1_000;
const catalogsMax = 1_000;

const kept = new Map<string, { readonly until: number; readonly timeline: Promise<Timeline> }>();

/** Reads at most every few seconds. */
export async function timelineOf(tenantId: string, now: number = performance.now()): Promise<Timeline> {
  const known = kept.get(tenantId);
  if (known && known.until > now) return known.timeline;
  if (kept.size >= tenantsMax) kept.clear();
  const timeline = readTimeline(tenantId);
  kept.set(tenantId, { until: now + keptMs, timeline });
  timeline.catch(() => kept.delete(tenantId));
  return timeline;
}

async function readTimeline(tenantId: string): Promise<Timeline> {
  const tenant = await findTenantById(tenantId);
  if (!tenant) throw new Error("There is no such tenant.");
  const catalogs = await catalogVersions(catalogsMax);
  const { policies, pins } = await withTenantSql(tenantScope(tenantId), async (sql) => ({
    policies: await policyTimes(sql, tenantId),
    pins: await pinsOfProjects(sql, tenantId),
  }));
  const firstPolicy = policies.at(-1);
  const firstCatalog = catalogs.at(-1);
  if (!firstCatalog) throw new Error("There is no catalog.");
  return {
    simulated: tenant.mode === "simulated",
    policyAt(atMs) {
      const found = policies.find(({ effectiveAt }) => effectiveAt.getTime() <= atMs);
      if (found) return { version: found.version, retrospective: false };
      return firstPolicy ? { version: firstPolicy.version, retrospective: true } : null;
    },
    catalogAt: (atMs) =>
      (catalogs.find(({ publishedAt }) => publishedAt.getTime() <= atMs) ?? firstCatalog).version,
    pinAt(projectId, atMs) {
      if (projectId === null) return unknownPin;
      const stated = pins.findLast((each) => each.projectId === projectId && each.statedAt.getTime() <= atMs);
      return stated?.pin ?? unknownPin;
    },
  };
}
