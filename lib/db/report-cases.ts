import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** Events that leave a case in another state. */
const findingSteps = [
  "finding.acknowledged",
  "finding.investigated",
  "finding.resolved",
  "finding.recurred",
  "exception.approved",
  "exception.ended",
  "exception.expired",
] as const;
export type FindingStep = (typeof findingSteps)[number];

export type FindingAt = {
  readonly groupKey: string;
  readonly id: string;
  readonly openedAt: Date;
  /** What somebody did last, by an entry below the size; null: nobody did anything. */
  readonly kind: FindingStep | null;
  readonly at: Date | null;
  readonly resolution: string | null;
  readonly index: number | null;
};

/** Read by stateFindings: cases by their keys, with what people had done about them when a log had this size. */
export async function findingsAt(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
  keys: readonly string[],
): Promise<FindingAt[]> {
  return sql.query<FindingAt>(
    `WITH asked AS (SELECT id, group_key, opened_at FROM finding WHERE tenant_id = $1::uuid AND group_key = ANY($4::text[])),
          done AS (SELECT DISTINCT ON (subject) subject, kind, at, detail->>'resolution' AS resolution,
                     CASE ledger_epoch WHEN $2::int THEN ledger_index::float8 END AS index
                     FROM audit_event WHERE tenant_id = $1::uuid AND kind = ANY($5::text[])
                      AND subject IN (SELECT id::text FROM asked)
                      AND (ledger_epoch < $2::int OR (ledger_epoch = $2::int AND ledger_index < $3::bigint))
                    ORDER BY subject, ledger_epoch DESC, ledger_index DESC)
     SELECT asked.group_key AS "groupKey", asked.id, asked.opened_at AS "openedAt", done.kind, done.at, done.resolution, done.index
       FROM asked LEFT JOIN done ON done.subject = asked.id::text`,
    [tenantId, epoch, size, keys, findingSteps],
  );
}

/**
 * Read by stateRecordFindings: when cases were opened last, be it again, as a log of this size says; `at`: when it had it, for what
 * stands in no log. Those that were not yet are not in it.
 */
export async function raisedBefore(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
  { findingIds, at }: { readonly findingIds: readonly string[]; readonly at: Date },
): Promise<ReadonlyMap<string, Date>> {
  const rows = await sql.query<{ id: string; at: Date }>(
    `SELECT f.finding_id AS id, max(f.at) AS at
       FROM finding_event f LEFT JOIN audit_event e ON e.tenant_id = f.tenant_id AND e.kind = 'finding.' || f.kind
                            AND e.subject = f.finding_id::text AND e.at = f.at
      WHERE f.tenant_id = $1::uuid AND f.finding_id = ANY($4::uuid[]) AND f.kind IN ('opened', 'reopened')
        AND (e.ledger_epoch IS NULL AND f.at <= $5::timestamptz
          OR e.ledger_epoch < $2::int OR (e.ledger_epoch = $2::int AND e.ledger_index < $3::bigint))
      GROUP BY 1`,
    [tenantId, epoch, size, findingIds, at],
  );
  return new Map(rows.map((row) => [row.id, row.at]));
}

export type ExceptionInForce = {
  readonly no: number;
  readonly kind: string;
  readonly reason: string;
  readonly transferMechanism: string | null;
  readonly ticket: string | null;
  readonly requestedBy: string;
  readonly approvedBy: string;
  /** How long before one of the two touched the other's account; null: never, or nobody looked. */
  readonly approverAccount: string | null;
  readonly cause: string;
  readonly host: string | null;
  readonly model: string | null;
  readonly application: string | null;
  readonly approvedAt: Date;
  readonly expiresAt: Date;
  /** Before its day; null: it was not ended, as far as a log of this size says. */
  readonly endedAt: Date | null;
  readonly index: number | null;
};

/** Read by stateExceptions: those that a log of this size says were approved, and that held at some time of a period; by their numbers. */
export async function exceptionsOfPeriod(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
  from: Date,
  until: Date,
): Promise<ExceptionInForce[]> {
  return sql.query<ExceptionInForce>(
    `WITH said AS (SELECT kind, subject, detail->>'reference' AS name, detail->>'approverAccount' AS account, at,
                     CASE ledger_epoch WHEN $2::int THEN ledger_index::float8 END AS index
                     FROM audit_event WHERE tenant_id = $1::uuid AND kind IN ('exception.approved', 'exception.ended')
                      AND (ledger_epoch < $2::int OR (ledger_epoch = $2::int AND ledger_index < $3::bigint)))
     SELECT e.no, e.kind, e.reason, e.transfer_mechanism AS "transferMechanism", e.ticket, e.author AS "requestedBy",
            d.decided_by AS "approvedBy", approved.account AS "approverAccount", f.cause, f.host, f.model, f.application,
            approved.at AS "approvedAt", e.expires_at AS "expiresAt", ended.at AS "endedAt", approved.index
       FROM finding_exception e JOIN finding f ON f.tenant_id = e.tenant_id AND f.id = e.finding_id
       JOIN finding_exception_decision d ON d.tenant_id = e.tenant_id AND d.exception_id = e.id
       JOIN said approved ON approved.kind = 'exception.approved' AND approved.subject = e.finding_id::text AND approved.name = 'EX-' || e.no
       LEFT JOIN said ended ON ended.kind = 'exception.ended' AND ended.subject = e.finding_id::text AND ended.name = 'EX-' || e.no
      WHERE e.tenant_id = $1::uuid AND approved.at < $5 AND least(e.expires_at, coalesce(ended.at, e.expires_at)) > $4
      ORDER BY e.no LIMIT 1000`,
    [tenantId, epoch, size, from, until],
  );
}
