import type { NewCallSearch, NewCalls } from "../../contracts/calls.ts";
import { dayMs } from "../../core/calendar.ts";
import { applicationsById } from "../../db/application.ts";
import { callsAfter, recordingHeads } from "../../db/call-list.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { filterOf } from "./call-facets.ts";
import { callListItem } from "./call-list-item.ts";
import { readHeads, writeHeads } from "./cursors.ts";

const lookBackMs = 31 * dayMs;

/**
 * What was recorded since a page or an answer before, in the order of recording. None is missed: numbers are given under
 * the tenant's lock, so a lower one never appears later.
 */
export async function listNewCalls(
  actor: Actor,
  search: NewCallSearch,
  now: Date = new Date(),
): Promise<NewCalls> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const known = readHeads(search.after);
  return readTenantsSql(tenantIds, async (sql) => {
    const applications = await applicationsById(sql, tenantIds);
    const heads = await recordingHeads(sql, tenantIds);
    // A tenant joined since then has no past here.
    const after = heads.map(({ tenantId, seq }) => ({ tenantId, seq: known.get(tenantId) ?? seq }));
    const limitPerTenant = Math.max(1, Math.floor(search.limit / Math.max(1, tenantIds.length)));
    const earliest = now.getTime() - lookBackMs;
    const since = new Date(Math.max(earliest, search.since === undefined ? 0 : Date.parse(search.since)));
    const filter = filterOf(search, applications);
    const rows = await callsAfter(sql, { after, since, filter, limitPerTenant });
    const stopped = heads.map(({ tenantId, seq }) => {
      const seen = rows.filter((row) => row.tenantId === tenantId);
      const full = seen.length === limitPerTenant;
      return { tenantId, seq: full ? Math.max(...seen.map((row) => row.seq)) : seq, full };
    });
    return {
      items: rows.filter(({ matches }) => matches).map((row) => callListItem(row, { slugs, applications })),
      cursor: writeHeads(stopped),
      more: stopped.some(({ full, seq, tenantId }) => full && seq < headOf(heads, tenantId)),
    };
  });
}

function headOf(heads: readonly { tenantId: string; seq: number }[], tenantId: string): number {
  return heads.find((head) => head.tenantId === tenantId)?.seq ?? 0;
}
