import type { ResourcePage, ResourceSearch } from "../../contracts/resources.ts";
import { listResourceRows, type ResourceCount } from "../../db/resource.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { readPlaces } from "./places.ts";
import { readResourcePosition, writeResourcePosition } from "./resource-cursor.ts";
import { resourceItem } from "./resource-item.ts";
import { bornElsewhere, resourceQuestion } from "./resource-question.ts";

/** The objects that the provider keeps for the actor's tenants, as their calls told of them, newest first. */
export async function listResources(actor: Actor, search: ResourceSearch): Promise<ResourcePage> {
  const now = new Date();
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const below = search.cursor === undefined ? null : readResourcePosition(search.cursor);
  const catalog = await currentCatalog();
  const places = await readPlaces(tenantIds, catalog, now);
  return readTenantsSql(tenantIds, async (sql) => {
    const sought = { tenantIds, search, places, catalog, now };
    const { question, counted, applications } = await resourceQuestion(sql, sought);
    const nameOf = (id: string | null) => (id === null ? undefined : applications.get(id)?.name);
    const found = await listResourceRows(sql, { ...question, below, limit: search.limit + 1 });
    const rows = found.slice(0, search.limit);
    const last = rows.at(-1);
    const names = counted.flatMap(({ applicationId }) => nameOf(applicationId) ?? []);
    const context = { slugs, applications, catalog, places };
    return {
      items: rows.map((row) => resourceItem(row, context)),
      nextCursor: found.length > search.limit && last ? writeResourcePosition(last) : null,
      counts: byKindAndBirth(counted),
      elsewhere: sum(bornElsewhere(counted, places)),
      past: counted.reduce((total, { past }) => total + past, 0),
      applications: [...new Set(names)].sort(),
      now: now.toISOString(),
    };
  });
}

function byKindAndBirth(counted: readonly ResourceCount[]): ResourcePage["counts"] {
  const sums = new Map<string, { kind: string; born: string; resources: number }>();
  for (const { kind, born, resources } of counted) {
    const key = `${kind} ${born}`;
    const before = sums.get(key)?.resources ?? 0;
    sums.set(key, { kind, born, resources: before + resources });
  }
  return [...sums.values()].sort(
    (a, b) => b.resources - a.resources || (`${a.kind} ${a.born}` < `${b.kind} ${b.born}` ? -1 : 1),
  );
}

function sum(of: readonly { readonly resources: number }[]): number {
  return of.reduce((total, { resources }) => total + resources, 0);
}
