import type { LedgerOverview, LedgerSearch } from "../../contracts/ledger.ts";
import { logHeads, standingStatements } from "../../db/ledger-page.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type LogRef, mayReadSystemLog, systemLog } from "./log-for.ts";
import { summaryOf } from "./standing-of.ts";
import { trustRootSummary } from "./trust-root-summary.ts";

/**
 * Where every log stands that the actor may read, or one tenant's. Administrators of the deployment see its own log,
 * too, last.
 */
export async function getLedger(
  actor: Actor,
  search: LedgerSearch,
  now: Date = new Date(),
): Promise<LedgerOverview> {
  const tenants = await tenantsFor(actor, "ledger:read", search.tenant);
  const refs: LogRef[] = tenants
    .map(({ tenantId, slug }) => ({ log: "tenant" as const, logId: tenantId, tenant: slug }))
    .toSorted((a, b) => (a.tenant < b.tenant ? -1 : 1));
  if (search.tenant === undefined && mayReadSystemLog(actor)) refs.push(systemLog);
  const logIds = refs.map(({ logId }) => logId);
  const trustRoot = await trustRootSummary();
  return readTenantsSql(logIds, async (sql) => {
    const heads = new Map((await logHeads(sql, logIds)).map((head) => [head.logId, head]));
    const statements = Map.groupBy(await standingStatements(sql, logIds), ({ logId }) => logId);
    return {
      asOf: now.toISOString(),
      trustRoot,
      logs: refs.map((ref) => summaryOf(ref, heads.get(ref.logId), statements.get(ref.logId) ?? [], now)),
    };
  });
}
