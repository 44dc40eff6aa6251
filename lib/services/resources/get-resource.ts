import type { ResourceDetail, ResourceKeyInput } from "../../contracts/resources.ts";
import type { BatchLineGroup } from "../../core/calls/batch-lines.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { findCall } from "../../db/call-detail.ts";
import { findingsOfCall } from "../../db/finding-list.ts";
import { findResources } from "../../db/resource.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { startOfCall } from "../calls/start-of-call.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { Refusal } from "../refusal.ts";
import { findLineage } from "./find-lineage.ts";
import { readPlaces } from "./places.ts";
import { resourceItem } from "./resource-item.ts";

/** One stored object with where it comes from, what came of it, and the cases its birth belongs to. */
export async function getResource(
  actor: Actor,
  { tenant, kind, id }: ResourceKeyInput,
): Promise<ResourceDetail> {
  const now = new Date();
  const { tenantId, slug } = await tenantFor(actor, "call:read", tenant);
  const catalog = await currentCatalog();
  const places = await readPlaces([tenantId], catalog, now);
  return readTenantsSql([tenantId], async (sql) => {
    const key = { kind, objectId: id };
    const [row] = await findResources(sql, tenantId, [key]);
    if (!row) throw new Refusal("not_found", "No recorded call made or named such an object.");
    const applications = await applicationsById(sql, [tenantId]);
    const startedAt = row.bornCall === null ? null : startOfCall(row.bornCall);
    const call =
      row.bornCall === null || startedAt === null
        ? null
        : await findCall(sql, [tenantId], startedAt, row.bornCall);
    const cases = call === null ? [] : await findingsOfCall(sql, tenantId, call.findingIds);
    return {
      item: resourceItem(row, { slugs: new Map([[tenantId, slug]]), applications, catalog, places }),
      lineage: await findLineage(sql, tenantId, key, places),
      batchLines: row.batchLines as readonly BatchLineGroup[] | null,
      findings: cases.map(({ id, cause, state }) => ({ id, cause: cause as FindingCause, state })),
      now: now.toISOString(),
    };
  });
}
