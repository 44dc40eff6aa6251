import type { FailingDestination, FailingSearch } from "../../contracts/alerts.ts";
import { mayInTenant } from "../../core/access/role.ts";
import { isDeliveryOutcome } from "../../core/alerts/delivery-outcome.ts";
import { failingDestinations } from "../../db/alert-destination.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";

/** A receiver that restarts is nobody's matter; one that is away for longer has missed something. */
const failingForMs = 3_600_000;

/** Destinations of alerts that have failed for an hour, of the tenants in which the reader may mend them. */
export async function listFailing(
  actor: Actor,
  { tenant }: FailingSearch,
  now = new Date(),
): Promise<readonly FailingDestination[]> {
  const tenants = (await tenantsFor(actor, "tenant:read", tenant)).filter(({ role }) =>
    mayInTenant(role, "alert:write"),
  );
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const before = new Date(now.getTime() - failingForMs);
  const rows = await readTenantsSql([...slugs.keys()], (sql) =>
    failingDestinations(sql, [...slugs.keys()], before),
  );
  return rows.map(({ tenantId, id, name, failingSince, lastOutcome }) => ({
    tenant: slugs.get(tenantId) ?? "",
    id,
    name,
    since: failingSince.toISOString(),
    lastOutcome: lastOutcome !== null && isDeliveryOutcome(lastOutcome) ? lastOutcome : null,
  }));
}
