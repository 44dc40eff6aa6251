import {
  type FindingPage,
  type FindingSearch,
  type FindingState,
  findingStates,
} from "../../contracts/findings.ts";
import {
  countByState,
  type FindingPosition,
  findingChoices,
  listFindingRows,
} from "../../db/finding-list.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { readFindingPosition, writeFindingPosition } from "./finding-cursor.ts";
import { findingFilter } from "./finding-filter.ts";
import { findingListItem } from "./finding-list-item.ts";

/** The cases of the actor's tenants, the most severe first, then the latest seen. */
export async function listFindings(
  actor: Actor,
  search: FindingSearch,
  at = new Date(),
): Promise<FindingPage> {
  const tenants = await tenantsFor(actor, "finding:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const below: FindingPosition | null =
    search.cursor === undefined ? null : readFindingPosition(search.cursor);
  const filter = findingFilter(tenantIds, search);
  return readTenantsSql(tenantIds, async (sql) => {
    const found = await listFindingRows(sql, { ...filter, below, limit: search.limit + 1 });
    const rows = found.slice(0, search.limit);
    const last = rows.at(-1);
    const counted = await countByState(sql, filter);
    return {
      items: rows.map((row) => findingListItem(row, slugs, at)),
      nextCursor: found.length > search.limit && last ? writeFindingPosition(last) : null,
      choices: await findingChoices(sql, filter),
      counts: Object.fromEntries(findingStates.map((state) => [state, counted.get(state) ?? 0])) as Record<
        FindingState,
        number
      >,
    };
  });
}
