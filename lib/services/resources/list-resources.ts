import type { ResourceItem, ResourcePage, ResourceSearch } from "../../contracts/resources.ts";
import type { Grade } from "../../core/calls/evidence.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { countResources, listResourceRows, type ResourceRow } from "../../db/resource.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { readResourcePosition, writeResourcePosition } from "./resource-cursor.ts";
import { retentionOf } from "./retention-of.ts";

/** The objects that the provider keeps for the actor's tenants, as their calls told of them, newest first. */
export async function listResources(actor: Actor, search: ResourceSearch): Promise<ResourcePage> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const asked = (values: readonly string[]) => (values.length === 0 ? null : values);
  const below = search.cursor === undefined ? null : readResourcePosition(search.cursor);
  const catalog = await currentCatalog();
  return readTenantsSql(tenantIds, async (sql) => {
    const found = await listResourceRows(sql, {
      tenantIds,
      kind: asked(search.kind),
      born: asked(search.born),
      state: search.state === "all" ? null : search.state,
      below,
      limit: search.limit + 1,
    });
    const rows = found.slice(0, search.limit);
    const last = rows.at(-1);
    return {
      items: rows.map((row) => resourceItem(row, slugs.get(row.tenantId) ?? "", catalog)),
      nextCursor: found.length > search.limit && last ? writeResourcePosition(last) : null,
      counts: await countResources(sql, tenantIds),
    };
  });
}

function resourceItem(row: ResourceRow, tenant: string, catalog: Catalog): ResourceItem {
  return {
    tenant,
    kind: row.kind,
    id: row.objectId,
    birth: birthOf(row),
    madeBy: row.madeBy,
    bytes: row.bytes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    uses: row.uses,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    retention: retentionOf(row.kind, catalog),
    simulated: row.simulated,
  };
}

/** A check of the table holds these five together. */
function birthOf({ bornIn, bornHost, bornGrade, bornAt, bornCall }: ResourceRow): ResourceItem["birth"] {
  if (bornIn === null || bornHost === null || bornGrade === null || bornAt === null || bornCall === null)
    return null;
  return {
    region: bornIn,
    host: bornHost,
    grade: bornGrade as Grade,
    at: bornAt.toISOString(),
    callId: bornCall,
  };
}
