import type { WaitingItem, WaitingSearch } from "../../contracts/decisions.ts";
import { mayInTenant, type Permission } from "../../core/access/role.ts";
import type { WaitingRequest } from "../../core/alerts/alert.ts";
import { requestsWaiting } from "../../db/waiting-decision.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { personOf, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";

const needed: Readonly<Record<WaitingRequest, Permission>> = {
  policy: "policy:approve",
  exception: "exception:approve",
  restatement: "restatement:approve",
  retention: "retention:approve",
  lift_hold: "retention:approve",
  erasure: "retention:approve",
};

/** What waits for a second person among the decisions that the reader may take, his own requests included; what lapses first is first. */
export async function listWaiting(
  actor: Actor,
  { tenant }: WaitingSearch,
  now = new Date(),
): Promise<readonly WaitingItem[]> {
  const { personId } = personOf(actor);
  const tenants = (await tenantsFor(actor, "tenant:read", tenant)).filter(({ role }) =>
    Object.values(needed).some((permission) => mayInTenant(role, permission)),
  );
  const ids = tenants.map(({ tenantId }) => tenantId);
  const rows = await readTenantsSql(ids, (sql) => requestsWaiting(sql, ids, now));
  const byId = new Map(tenants.map((each) => [each.tenantId, each]));
  const items = rows.flatMap((row): WaitingItem[] => {
    const of = byId.get(row.tenantId);
    if (of === undefined || !mayInTenant(of.role, needed[row.request])) return [];
    return [
      {
        id: row.id,
        tenant: of.slug,
        request: row.request,
        requestedBy: row.requestedBy,
        requestedAt: row.requestedAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        findingId: row.findingId,
        isMine: row.requestedById === personId,
      },
    ];
  });
  return items.sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}
