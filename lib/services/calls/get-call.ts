import type { CallDetail } from "../../contracts/calls.ts";
import { applicationsById } from "../../db/application.ts";
import { listAttempts } from "../../db/attempt.ts";
import { findCall } from "../../db/call-detail.ts";
import { corroborationsOf } from "../../db/corroboration.ts";
import { findingsOfCall } from "../../db/finding-list.ts";
import { findLateOutcome } from "../../db/late-outcome.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import { callDetail, type FoundCall } from "./call-detail.ts";
import { catalogOf } from "./catalog-of.ts";
import { startOfCall } from "./start-of-call.ts";

/** One call with its attempts, its evidence and its findings. Its month is read from the id. That it was read is noted. */
export async function getCall(actor: Actor, id: string): Promise<CallDetail> {
  const tenants = await tenantsFor(actor, "call:read", undefined);
  const found = await findWhole(
    tenants.map(({ tenantId }) => tenantId),
    id,
  );
  if (found === null) throw new Refusal("not_found", "There is no such call.");
  await recordView(actor, found.row.tenantId, "call", id);
  return callDetail(found, new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug])));
}

async function findWhole(tenantIds: readonly string[], id: string): Promise<FoundCall | null> {
  const startedAt = startOfCall(id);
  if (startedAt === null) return null;
  return withTenantSql({ read: tenantIds, write: null }, async (sql) => {
    const row = await findCall(sql, tenantIds, startedAt, id);
    if (!row) return null;
    const { tenantId, policyVersion } = row;
    const [policy] = policyVersion === null ? [] : await policiesByVersion(sql, tenantId, [policyVersion]);
    // Only a call that was closed without an end can have one that came late.
    const late = row.callEnd === "unknown" ? await findLateOutcome(sql, tenantId, row.id) : null;
    return {
      row,
      attempts: await listAttempts(sql, tenantId, row.startedAt, row.id),
      policy,
      catalog: await catalogOf(row.catalogVersion),
      applications: await applicationsById(sql, [tenantId]),
      late,
      corroborations: await corroborationsOf(sql, tenantId, row.id),
      findings: await findingsOfCall(sql, tenantId, [...row.findingIds, ...(late?.findingIds ?? [])]),
    };
  });
}
