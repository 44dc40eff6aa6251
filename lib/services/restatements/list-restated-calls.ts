import type { RangeSearch } from "../../contracts/range.ts";
import type { RestatedCalls, VerdictMove } from "../../contracts/restatements.ts";
import { newestRestatedCalls, restatedMoves } from "../../db/restatement.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { lastDays, spanOf } from "../window.ts";

const daysMax = 400;
const listedMax = 1_000;

/** The calls of a window that count as something else than at first, in every tenant of the actor's or the one he names. */
export async function listRestatedCalls(
  actor: Actor,
  search: RangeSearch,
  { now = new Date() }: { now?: Date } = {},
): Promise<RestatedCalls> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const span = lastDays(spanOf(search, now), daysMax);
  return readTenantsSql(tenantIds, async (sql) => {
    const moves = (await restatedMoves(sql, tenantIds, span)) as readonly VerdictMove[];
    const calls = moves.reduce((sum, move) => sum + move.calls, 0);
    const listed = calls === 0 ? [] : await newestRestatedCalls(sql, tenantIds, span, listedMax);
    const told = listed.map(({ startedAt, ...call }) => ({ ...call, startedAt: startedAt.toISOString() }));
    return { moves, calls, listed: told as RestatedCalls["listed"] };
  });
}
