import { type Alert, type AlertFacts, kindOfFinding, newAlert } from "../../core/alerts/alert.ts";
import { dayMs } from "../../core/calendar.ts";
import { exceptionName, isStale } from "../../core/findings/exception.ts";
import { keysNoticedSince } from "../../db/alert-event.ts";
import {
  checksFailedSince,
  type ExceptionInForce,
  exceptionsEndedSince,
  exceptionsInForce,
  findingsOpenedSince,
  findingsOverdueSince,
  importsIncompleteSince,
  keysEndingBefore,
  type OpenedFinding,
  policiesInForceSince,
  reportsFinishedSince,
} from "../../db/alert-source.ts";
import { decisionsWaiting } from "../../db/waiting-decision.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { keyHint } from "../keys/key-format.ts";

/** Told so long before the end. */
const exceptionNoticeMs = 14 * dayMs;
const keyNoticeMs = 7 * dayMs;
/** What the signer says lies in its own outbox while it cannot reach the database. */
const statementOverlapMs = 8 * dayMs;
/** Of one source in one look. */
const rowsMax = 2_000;

export type Look = {
  /** What happened since is read; it may have been noticed already. */
  readonly from: Date;
  /** Since when anybody is to be told anything. */
  readonly since: Date;
  readonly now: Date;
};

type Reading = { readonly sql: SqlTransaction; readonly tenantId: string } & Look;

/**
 * What is to be told of a tenant, be it known already or not: by when it happened, or, of what waits or is about to end, by how it
 * stands now. `isWhole`: false where there is more than one look reads.
 */
export async function readAlerts(
  sql: SqlTransaction,
  tenantId: string,
  look: Look,
): Promise<{ readonly alerts: readonly Alert[]; readonly isWhole: boolean }> {
  const reading = { sql, tenantId, ...look };
  const opened = await openedFindings(reading);
  const alerts = [
    ...opened,
    ...(await overdueFindings(reading)),
    ...(await exceptions(reading)),
    ...(await decisions(reading)),
    ...(await reports(reading)),
    ...(await imports(reading)),
    ...(await keys(reading)),
    ...(await checks(reading)),
  ];
  return { alerts, isWhole: opened.length < rowsMax };
}

function factsOf({ findingId, cause, host, model, basis }: Omit<OpenedFinding, "event">): AlertFacts {
  return { finding: findingId, cause, host, model, basis };
}

const openedKey = "finding:";

async function openedFindings({ sql, tenantId, from }: Reading): Promise<Alert[]> {
  const known = await keysNoticedSince(sql, tenantId, from);
  const told = known.flatMap((key) => (key.startsWith(openedKey) ? [key.slice(openedKey.length)] : []));
  const rows = await findingsOpenedSince(sql, tenantId, from, told, rowsMax);
  return rows.map((row) => {
    const kind = kindOfFinding(row.cause, row.event === "opened" ? "opened" : "reopened");
    return newAlert(kind, `${openedKey}${row.eventId}`, row.at.toISOString(), factsOf(row), row.severity);
  });
}

async function overdueFindings({ sql, tenantId, from, now }: Reading): Promise<Alert[]> {
  const rows = await findingsOverdueSince(sql, tenantId, from, now, rowsMax);
  return rows.map((row) => {
    const { findingId: finding, cause, host, model, basis, severity } = row;
    const due = row.dueAt.toISOString();
    const facts = { finding, cause, host, model, basis, due };
    return newAlert("finding_overdue", `overdue:${finding}:${due}`, due, facts, severity);
  });
}

async function exceptions({ sql, tenantId, from, now }: Reading): Promise<Alert[]> {
  const ended = (await exceptionsEndedSince(sql, tenantId, from, rowsMax)).map(
    ({ id, no, findingId: finding, why, endedAt }) =>
      newAlert("exception_ended", `exception_ended:${id}`, endedAt.toISOString(), {
        finding,
        exception: exceptionName(no),
        why,
      }),
  );
  const standing = await exceptionsInForce(sql, tenantId, now);
  const ending = standing
    .filter(({ expiresAt }) => expiresAt.getTime() - now.getTime() <= exceptionNoticeMs)
    .map((row) => {
      const noticeAt = Math.max(row.expiresAt.getTime() - exceptionNoticeMs, row.decidedAt.getTime());
      return ofException("exception_ending", row, new Date(noticeAt), { until: row.expiresAt.toISOString() });
    });
  const stale = (await policiesInForceSince(sql, tenantId, from, now)).flatMap(({ version, effectiveAt }) =>
    standing
      .filter((row) => row.decidedAt <= effectiveAt && isStale(row.policyVersion, version))
      .map((row) => ofException("exception_stale", row, effectiveAt, { policy: version })),
  );
  // Of several newer versions the first says it.
  const once = new Map(stale.toReversed().map((alert) => [alert.key, alert]));
  return [...ended, ...ending, ...once.values()];
}

function ofException(
  kind: "exception_ending" | "exception_stale",
  { id, no, findingId: finding }: ExceptionInForce,
  at: Date,
  facts: AlertFacts,
): Alert {
  return newAlert(kind, `${kind}:${id}`, at.toISOString(), {
    ...facts,
    finding,
    exception: exceptionName(no),
  });
}

async function decisions({ sql, tenantId, now }: Reading): Promise<Alert[]> {
  const rows = await decisionsWaiting(sql, tenantId, now);
  return rows.map(({ id, request, requestedAt, expiresAt, findingId }) =>
    newAlert("decision_waiting", `waiting:${id}`, requestedAt.toISOString(), {
      request,
      until: expiresAt.toISOString(),
      ...(findingId === null ? {} : { finding: findingId }),
    }),
  );
}

async function reports({ sql, tenantId, from }: Reading): Promise<Alert[]> {
  const rows = await reportsFinishedSince(sql, tenantId, from, rowsMax);
  return rows.map(({ id, state, periodFrom, periodTo, problem, finishedAt }) =>
    newAlert(state === "ready" ? "report_ready" : "report_failed", `report:${id}`, finishedAt.toISOString(), {
      period: { from: periodFrom.toISOString(), to: periodTo.toISOString() },
      ...(problem === null ? {} : { problem }),
    }),
  );
}

async function imports({ sql, tenantId, from }: Reading): Promise<Alert[]> {
  const rows = await importsIncompleteSince(sql, tenantId, from, rowsMax);
  return rows.map(({ id, records, rejected, endedAt }) =>
    newAlert("import_incomplete", `import:${id}`, endedAt.toISOString(), {
      records: { all: records, refused: rejected },
    }),
  );
}

async function keys({ sql, tenantId, now }: Reading): Promise<Alert[]> {
  const soon = new Date(now.getTime() + keyNoticeMs);
  const rows = await keysEndingBefore(sql, tenantId, now, soon);
  return rows.map(({ id, lookupId, createdAt, expiresAt }) => {
    const until = expiresAt.toISOString();
    const noticeAt = Math.max(expiresAt.getTime() - keyNoticeMs, createdAt.getTime());
    return newAlert("key_ending", `key:${id}:${until}`, new Date(noticeAt).toISOString(), {
      key: keyHint(lookupId),
      until,
    });
  });
}

async function checks({ sql, tenantId, from, since }: Reading): Promise<Alert[]> {
  const start = new Date(Math.max(from.getTime() - statementOverlapMs, since.getTime()));
  const rows = await checksFailedSince(sql, tenantId, start);
  return rows.map(({ id, at, part, epoch, atIndex }) =>
    newAlert("check_failed", `check:${id}`, at.toISOString(), {
      log: { part: part ?? "log", epoch, atIndex },
    }),
  );
}
