import type { FindingCause } from "../core/verdicts/verdict.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What alerts are told about, as the tables of each noun have it. Nothing is written here, and recording knows nothing of it. */

type FindingFacts = {
  readonly findingId: string;
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly basis: "observed" | "reported" | "none";
  readonly severity: "critical" | "high" | "medium" | "low";
};

const findingColumns = `f.id AS "findingId", f.cause, f.host, f.model, f.basis, f.severity`;

export type OpenedFinding = FindingFacts & {
  readonly eventId: string;
  readonly event: "opened" | "reopened" | "commented";
  readonly at: Date;
};

/**
 * Read by watchAlerts: openings written since a moment, by the ids that tell when, and a freeze of a log whose case was open
 * already. `told`: ids of those that are known.
 */
export async function findingsOpenedSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  told: readonly string[],
  limit: number,
): Promise<OpenedFinding[]> {
  return sql.query<OpenedFinding>(
    `SELECT ${findingColumns}, v.id AS "eventId", v.kind AS event, v.at FROM finding_event v
       JOIN finding f ON f.tenant_id = v.tenant_id AND f.id = v.finding_id
      WHERE v.tenant_id = $1 AND v.id >= $2::uuid AND v.kind IN ('opened', 'reopened', 'commented')
        AND (v.kind <> 'commented' OR (v.actor = 'Signer' AND f.cause = 'log_frozen'))
        AND v.id <> ALL($3::uuid[]) ORDER BY v.id LIMIT $4`,
    [tenantId, idAt(since), told, limit],
  );
}

export type OverdueFinding = FindingFacts & { readonly dueAt: Date };

/** Read by watchAlerts: cases that somebody still works on, and whose day passed since a moment. */
export async function findingsOverdueSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  now: Date,
  limit: number,
): Promise<OverdueFinding[]> {
  return sql.query<OverdueFinding>(
    `SELECT ${findingColumns}, f.due_at AS "dueAt" FROM finding f
      WHERE f.tenant_id = $1 AND f.state IN ('open', 'acknowledged', 'investigating') AND f.due_at > $2 AND f.due_at <= $3
      ORDER BY f.due_at, f.id LIMIT $4`,
    [tenantId, since, now, limit],
  );
}

export type ExceptionInForce = {
  readonly id: string;
  readonly no: number;
  readonly findingId: string;
  readonly policyVersion: number | null;
  readonly decidedAt: Date;
  readonly expiresAt: Date;
};

/** Read by watchAlerts: exceptions that hold now. */
export async function exceptionsInForce(
  sql: SqlTransaction,
  tenantId: string,
  now: Date,
): Promise<ExceptionInForce[]> {
  return sql.query<ExceptionInForce>(
    `SELECT e.id, e.no, e.finding_id AS "findingId", e.policy_version AS "policyVersion", d.decided_at AS "decidedAt",
            e.expires_at AS "expiresAt"
       FROM finding_exception e
       JOIN finding_exception_decision d ON d.tenant_id = e.tenant_id AND d.exception_id = e.id AND d.outcome = 'approved'
      WHERE e.tenant_id = $1 AND e.expires_at > $2
        AND NOT EXISTS (SELECT FROM finding_exception_end n WHERE n.tenant_id = $1 AND n.exception_id = e.id)
      ORDER BY e.expires_at, e.id LIMIT 5000`,
    [tenantId, now],
  );
}

export type EndedException = {
  readonly id: string;
  readonly no: number;
  readonly findingId: string;
  readonly why: "expired" | "ended";
  readonly endedAt: Date;
};

/** Read by watchAlerts. */
export async function exceptionsEndedSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  limit: number,
): Promise<EndedException[]> {
  return sql.query<EndedException>(
    `SELECT e.id, e.no, e.finding_id AS "findingId", n.why, n.ended_at AS "endedAt" FROM finding_exception_end n
       JOIN finding_exception e ON e.tenant_id = n.tenant_id AND e.id = n.exception_id
      WHERE n.tenant_id = $1 AND n.ended_at > $2 ORDER BY n.ended_at, e.id LIMIT $3`,
    [tenantId, since, limit],
  );
}

/** Read by watchAlerts: versions of the policy that came into force since a moment. */
export async function policiesInForceSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  now: Date,
): Promise<{ readonly version: number; readonly effectiveAt: Date }[]> {
  return sql.query(
    `SELECT version, effective_at AS "effectiveAt" FROM policy_version
      WHERE tenant_id = $1 AND effective_at > $2 AND effective_at <= $3 ORDER BY version LIMIT 100`,
    [tenantId, since, now],
  );
}

export type FinishedReport = {
  readonly id: string;
  readonly state: "ready" | "failed";
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly problem: string | null;
  readonly finishedAt: Date;
};

/** Read by watchAlerts. */
export async function reportsFinishedSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  limit: number,
): Promise<FinishedReport[]> {
  return sql.query<FinishedReport>(
    `SELECT id, state, period_from AS "periodFrom", period_to AS "periodTo", problem, finished_at AS "finishedAt" FROM report
      WHERE tenant_id = $1 AND state IN ('ready', 'failed') AND finished_at > $2 ORDER BY finished_at, id LIMIT $3`,
    [tenantId, since, limit],
  );
}

export type IncompleteImport = {
  readonly id: string;
  readonly records: number;
  readonly rejected: number;
  readonly endedAt: Date;
};

/** Read by watchAlerts: files of which something was not recorded. What was only tried is nobody's loss. */
export async function importsIncompleteSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  limit: number,
): Promise<IncompleteImport[]> {
  return sql.query<IncompleteImport>(
    `SELECT id, records, rejected + conflict AS rejected, ended_at AS "endedAt" FROM import_job
      WHERE tenant_id = $1 AND state = 'done' AND NOT dry_run AND rejected + conflict > 0 AND ended_at > $2
      ORDER BY ended_at, id LIMIT $3`,
    [tenantId, since, limit],
  );
}

export type EndingKey = {
  readonly id: string;
  readonly lookupId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Read by watchAlerts: keys that are taken today, and from a day before `soon` on no more. */
export async function keysEndingBefore(
  sql: SqlTransaction,
  tenantId: string,
  now: Date,
  soon: Date,
): Promise<EndingKey[]> {
  return sql.query<EndingKey>(
    `SELECT id, lookup_id AS "lookupId", created_at AS "createdAt", expires_at AS "expiresAt" FROM gateway_key
      WHERE tenant_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND expires_at <= $3 ORDER BY expires_at, id LIMIT 1000`,
    [tenantId, now, soon],
  );
}

export type FailedCheck = {
  readonly id: string;
  readonly at: Date;
  readonly part: string | null;
  readonly epoch: number | null;
  readonly atIndex: number | null;
};

/** Read by watchAlerts: full checks that found a difference where the one before, of the same part and epoch, found none. */
export async function checksFailedSince(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
): Promise<FailedCheck[]> {
  return sql.query<FailedCheck>(
    `SELECT s.id, s.at, s.detail ->> 'part' AS part, s.epoch, s.at_index::float8 AS "atIndex" FROM signer_statement s
      WHERE s.tenant_id = $1 AND s.at > $2 AND s.kind = 'fsck_finished' AND s.detail ->> 'ok' = 'false'
        AND NOT coalesce((SELECT b.detail ->> 'ok' = 'false' FROM signer_statement b
          WHERE b.tenant_id = $1 AND b.kind = 'fsck_finished' AND b.epoch IS NOT DISTINCT FROM s.epoch
            AND b.detail ->> 'part' IS NOT DISTINCT FROM s.detail ->> 'part' AND (b.at, b.id) < (s.at, s.id)
          ORDER BY b.at DESC, b.id DESC LIMIT 1), false)
      ORDER BY s.at, s.id LIMIT 200`,
    [tenantId, since],
  );
}

/** The lowest UUID of version 7 that could have been made at a moment. */
function idAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
