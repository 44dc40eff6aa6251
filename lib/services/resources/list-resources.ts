import type { ResourcePage, ResourceSearch } from "../../contracts/resources.ts";
import { applicationsById } from "../../db/application.ts";
import { countResources, listResourceRows, type ResourceCount } from "../../db/resource.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { type Places, readPlaces } from "./places.ts";
import { readResourcePosition, writeResourcePosition } from "./resource-cursor.ts";
import { resourceItem } from "./resource-item.ts";

/** The objects that the provider keeps for the actor's tenants, as their calls told of them, newest first. */
export async function listResources(actor: Actor, search: ResourceSearch): Promise<ResourcePage> {
  const now = new Date();
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const asked = (values: readonly string[]) => (values.length === 0 ? null : values);
  const below = search.cursor === undefined ? null : readResourcePosition(search.cursor);
  const catalog = await currentCatalog();
  const places = await readPlaces(tenantIds, catalog, now);
  return readTenantsSql(tenantIds, async (sql) => {
    const counted = await countResources(sql, tenantIds);
    const applications = await applicationsById(sql, tenantIds);
    const nameOf = (id: string | null) => (id === null ? undefined : applications.get(id)?.name);
    const ofNames = [...applications.values()].filter(({ name }) => search.application.includes(name));
    const found = await listResourceRows(sql, {
      tenantIds,
      kind: asked(search.kind),
      born: asked(search.born),
      state: search.state,
      applicationIds: search.application.length === 0 ? null : ofNames.map(({ id }) => id),
      at: search.elsewhere === "any" ? null : bornElsewhere(counted, places),
      below,
      limit: search.limit + 1,
    });
    const rows = found.slice(0, search.limit);
    const last = rows.at(-1);
    const names = counted.flatMap(({ applicationId }) => nameOf(applicationId) ?? []);
    const context = { slugs, applications, catalog, places };
    return {
      items: rows.map((row) => resourceItem(row, context)),
      nextCursor: found.length > search.limit && last ? writeResourcePosition(last) : null,
      counts: byKindAndBirth(counted),
      elsewhere: sum(bornElsewhere(counted, places)),
      applications: [...new Set(names)].sort(),
      now: now.toISOString(),
    };
  });
}

/** Tenants and hosts of objects that are kept, where the host lies outside the policy in force. */
function bornElsewhere(counted: readonly ResourceCount[], places: Places) {
  return counted.flatMap(({ tenantId, host, resources }) =>
    host !== null && places.isElsewhere(tenantId, host) === true ? [{ tenantId, host, resources }] : [],
  );
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
