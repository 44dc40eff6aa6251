import type { FindingDetail, FindingEvent, Resolution, StatedAnalysis } from "../../contracts/findings.ts";
import { audiencesOf, type CommentAudience } from "../../core/access/comment-audience.ts";
import type { RootCause } from "../../core/findings/root-cause.ts";
import { describeReason } from "../../core/verdicts/describe-reason.ts";
import type { FindingCause, Verdict } from "../../core/verdicts/verdict.ts";
import { exceptionsOf } from "../../db/finding-exception.ts";
import {
  type FindingAnalysisRow,
  type FindingRow,
  findFinding,
  listFindingEvents,
} from "../../db/finding-list.ts";
import { lateCallsOfFinding } from "../../db/late-outcome.ts";
import { policiesInForce } from "../../db/policy-version.ts";
import { withTenant, withTenantSql } from "../../db/with-tenant.ts";
import { isUuid, type TenantRef, tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { exceptionItem } from "../exceptions/exception-item.ts";
import { Refusal } from "../refusal.ts";
import { recordView } from "../trail/record-view.ts";
import { textOf } from "../window.ts";
import { findingListItem } from "./finding-list-item.ts";
import { workersOf } from "./workers-of.ts";

const lateMax = 50;

/** One case with what it means, what to do, and what happened to it, as far as the reader is told. That it was read is noted. */
export async function getFinding(actor: Actor, id: string, at = new Date()): Promise<FindingDetail> {
  const tenants = await tenantsFor(actor, "finding:read", undefined);
  const { row, tenant } = await requireFinding(tenants, id);
  const { events, late } = await withTenantSql({ read: [row.tenantId], write: null }, async (sql) => ({
    events: await listFindingEvents(sql, row.tenantId, row.id, audiencesOf(tenant.role)),
    late: await lateCallsOfFinding(sql, row.tenantId, row.id, lateMax),
  }));
  const { exceptions, workers } = await withTenant({ read: [row.tenantId], write: null }, async (tx) => {
    const rows = await exceptionsOf(tx, row.tenantId, row.id);
    const inForce = await policiesInForce(tx, [row.tenantId], at);
    const reader = {
      at,
      personId: actor.kind === "person" ? actor.personId : null,
      policyInForce: inForce.get(row.tenantId)?.version ?? null,
    };
    return {
      exceptions: rows.map((each) => exceptionItem(each, reader)),
      workers: await workersOf(tx, row.tenantId),
    };
  });
  await recordView(actor, row.tenantId, "finding", row.id);
  const { sentence, remedy, rule } = describeReason(row.cause as FindingCause);
  return {
    ...findingListItem(row, new Map([[tenant.tenantId, tenant.slug]]), at),
    sentence,
    remedy,
    rule,
    resolution: row.resolution as Resolution | null,
    analysis: row.analysis && statedAnalysis(row.analysis),
    assigneeId: row.assigneeId,
    workers,
    exceptions,
    history: events.map((event) => ({
      at: event.at.toISOString(),
      actor: event.actor,
      kind: event.kind as FindingEvent["kind"],
      note: event.note,
      resolution: event.resolution as Resolution | null,
      daysClean: event.daysClean,
      audience: event.audience as CommentAudience,
    })),
    callsQuery: callsQuery(row, tenant.slug),
    lateCalls: late.map(({ id, startedAt, receivedAt, verdict }) => ({
      id,
      startedAt: startedAt.toISOString(),
      receivedAt: receivedAt.toISOString(),
      verdict: verdict as Verdict,
    })),
  };
}

type LocatedFinding = { readonly row: FindingRow; readonly tenant: TenantRef };

/** The case of that id in one of these tenants; not found in any other. */
export async function requireFinding(tenants: readonly TenantRef[], id: string): Promise<LocatedFinding> {
  const found = await locateFinding(tenants, id);
  if (!found) throw new Refusal("not_found", "There is no such finding.");
  return found;
}

/** The same; null where there is none. */
export async function locateFinding(
  tenants: readonly TenantRef[],
  id: string,
): Promise<LocatedFinding | null> {
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const row = isUuid(id)
    ? await withTenantSql({ read: tenantIds, write: null }, (sql) => findFinding(sql, tenantIds, id))
    : null;
  const tenant = tenants.find(({ tenantId }) => tenantId === row?.tenantId);
  return row && tenant ? { row, tenant } : null;
}

/** What was stated of a case, as pages show it. */
function statedAnalysis(row: FindingAnalysisRow): StatedAnalysis {
  const { version, rootCause, explanation, action, actionOwner, statedBy } = row;
  return {
    version,
    rootCause: rootCause as RootCause,
    explanation,
    action,
    actionOwner,
    actionDueAt: new Date(row.actionDueAt).toISOString(),
    by: statedBy,
    at: new Date(row.statedAt).toISOString(),
  };
}

/** All of the case's time. Of a longer one the list shows the last days first, and leads on to those before. */
function callsQuery(row: FindingRow, slug: string): string {
  const span = { from: row.firstSeenAt, to: new Date(row.lastSeenAt.getTime() + 1) };
  const query = new URLSearchParams({ tenant: slug, ...textOf(span) });
  query.append("reason", row.cause);
  query.append("basis", row.basis);
  if (row.host !== null) query.append("host", row.host);
  if (row.model !== null) query.append("model", row.model);
  if (row.application !== null) query.append("application", row.application);
  return query.toString();
}
