import type { AcceptedBy, FindingListItem, FindingState, Severity } from "../../contracts/findings.ts";
import { exceptionName, isStale } from "../../core/findings/exception.ts";
import { findingTitle } from "../../core/findings/finding-title.ts";
import type { Basis, FindingCause } from "../../core/verdicts/verdict.ts";
import type { FindingRow } from "../../db/finding-list.ts";

/** A case as pages show it. The words were checked by the table's constraints when they were written. */
export function findingListItem(row: FindingRow, slugs: ReadonlyMap<string, string>): FindingListItem {
  const cause = row.cause as FindingCause;
  const { host, model, application, projectId } = row;
  return {
    id: row.id,
    tenant: slugs.get(row.tenantId) ?? "",
    cause,
    title: findingTitle({ cause, host, model, application, projectId }),
    severity: row.severity as Severity,
    state: row.state as FindingState,
    host,
    model,
    application,
    projectId,
    environment: row.environment as FindingListItem["environment"],
    dataCategory: row.dataCategory as FindingListItem["dataCategory"],
    owner: row.owner,
    assignee: row.assignee,
    dueAt: row.dueAt?.toISOString() ?? null,
    exception: acceptedBy(row),
    basis: row.basis as Basis,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    calls: row.calls,
    simulated: row.simulated,
  };
}

function acceptedBy({
  exceptionNo,
  exceptionUntil,
  exceptionPolicy,
  policyInForce,
}: FindingRow): AcceptedBy | null {
  if (exceptionNo === null || exceptionUntil === null) return null;
  return {
    name: exceptionName(exceptionNo),
    until: exceptionUntil.toISOString(),
    stale: isStale(exceptionPolicy, policyInForce),
  };
}
