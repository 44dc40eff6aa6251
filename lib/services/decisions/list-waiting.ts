import type { WaitingItem, WaitingSearch } from "../../contracts/decisions.ts";
import { mayInTenant, type Permission } from "../../core/access/role.ts";
import type { WaitingRequest } from "../../core/alerts/alert.ts";
import { catalogsWaiting } from "../../db/catalog-proposal.ts";
import { type Asker, requestsWaiting, type WaitingDecision } from "../../db/waiting-decision.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { currentVersion } from "../catalog/current-catalog.ts";

const needed: Readonly<Record<WaitingRequest, Permission>> = {
  policy: "policy:approve",
  exception: "exception:approve",
  restatement: "restatement:approve",
  retention: "retention:approve",
  lift_hold: "retention:approve",
  erasure: "retention:approve",
};

/**
 * What waits for a second person among the decisions that the reader may take, his own requests included; what lapses first is first.
 * A catalog counts in every tenant, so whichever is asked for, an administrator of the deployment is told of it.
 */
export async function listWaiting(
  actor: Actor,
  { tenant }: WaitingSearch,
  now = new Date(),
): Promise<readonly WaitingItem[]> {
  const { personId, deploymentAdmin } = personOf(actor);
  const tenants = await tenantsFor(actor, "tenant:read", tenant);
  const items: WaitingItem[] = [];
  await readTenantsSql(
    tenants.map(({ tenantId }) => tenantId),
    async (sql) => {
      for (const { tenantId, slug, role } of tenants) {
        for (const row of await requestsWaiting(sql, tenantId, now)) {
          if (!mayInTenant(role, needed[row.request])) continue;
          items.push({ ...itemOf(row, personId), tenant: slug, request: row.request });
        }
      }
    },
  );
  if (deploymentAdmin) {
    const { version } = await currentVersion();
    for (const row of await catalogsWaiting(version, now))
      items.push({ ...itemOf({ ...row, findingId: null }, personId), tenant: null, request: "catalog" });
  }
  return items.sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}

function itemOf(
  row: Omit<WaitingDecision, "request"> & Asker,
  personId: string,
): Omit<WaitingItem, "tenant" | "request"> {
  return {
    id: row.id,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    findingId: row.findingId,
    isMine: row.requestedById === personId,
  };
}
