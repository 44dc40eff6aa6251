import type { FirstCall, FirstCallSearch } from "../../contracts/connectivity.ts";
import { applicationsById } from "../../db/application.ts";
import { firstCallAfter, recordingHeads } from "../../db/call-list.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { callListItem } from "./call-list-item.ts";

/** The first call of an application recorded after a number, by whatever way it came; without one, where recording stands. */
export async function findFirstCall(
  actor: Actor,
  { tenant, application, after }: FirstCallSearch,
): Promise<FirstCall> {
  const { tenantId, slug } = await tenantFor(actor, "call:read", tenant);
  return readTenantsSql([tenantId], async (sql) => {
    const [head] = await recordingHeads(sql, [tenantId]);
    const at = head?.seq ?? 0;
    if (after === undefined || after >= at) return { call: null, after: at };
    const applications = await applicationsById(sql, [tenantId]);
    const ids = [...applications].filter(([, { name }]) => name === application).map(([id]) => id);
    const row = await firstCallAfter(sql, { tenantId, after, applicationIds: ids });
    const names = { slugs: new Map([[tenantId, slug]]), applications };
    return { call: row && callListItem(row, names), after: at };
  });
}
