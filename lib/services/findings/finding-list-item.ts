import type {
  AcceptedBy,
  FindingCheck,
  FindingListItem,
  FindingState,
  Severity,
} from "../../contracts/findings.ts";
import { daysClean } from "../../core/findings/effectiveness.ts";
import { exceptionName, isStale } from "../../core/findings/exception.ts";
import { findingName } from "../../core/findings/finding-name.ts";
import { findingTitle } from "../../core/findings/finding-title.ts";
import type { Basis, FindingCause } from "../../core/verdicts/verdict.ts";
import type { FindingRow } from "../../db/finding-list.ts";

/** A case as pages show it at a moment. The words were checked by the table's constraints when they were written. */
export function findingListItem(
  row: FindingRow,
  slugs: ReadonlyMap<string, string>,
  at: Date,
): FindingListItem {
  const cause = row.cause as FindingCause;
  const { host, model, application, projectId } = row;
  return {
    id: row.id,
    name: findingName(row.no),
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
    clean: cleanSince(row, at),
    check: checkOf(row, at),
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

/** The latest of its resolution and what was last seen of it: a call that was under way as it was resolved belongs to what was resolved. */
function cleanSince({ resolvedAt, lastSeenAt }: FindingRow, at: Date): FindingListItem["clean"] {
  if (resolvedAt === null) return null;
  const since = resolvedAt > lastSeenAt ? resolvedAt : lastSeenAt;
  return { since: since.toISOString(), days: daysClean(since.getTime(), at.getTime()) };
}

function checkOf({ checkDueAt, checkedAt, checkedBy }: FindingRow, at: Date): FindingCheck | null {
  if (checkDueAt === null) return null;
  const checked =
    checkedAt === null || checkedBy === null ? null : { by: checkedBy, at: checkedAt.toISOString() };
  return { dueAt: checkDueAt.toISOString(), isDue: checked === null && checkDueAt <= at, checked };
}
