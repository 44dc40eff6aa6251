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

/** Read by stateRecordFindings: when cases were opened last, be it again, not after a moment. Those that were not yet are not in it. */
export async function raisedBefore(
  sql: SqlTransaction,
  tenantId: string,
  findingIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await sql.query<{ id: string; at: Date }>(
    `SELECT finding_id AS id, max(at) AS at FROM finding_event
      WHERE tenant_id = $1::uuid AND finding_id = ANY($2::uuid[]) AND kind IN ('opened', 'reopened') AND at <= $3::timestamptz
      GROUP BY 1`,
    [tenantId, findingIds, at],
  );
  return new Map(rows.map((row) => [row.id, row.at]));
}

/** What an application was declared as before somebody declared it anew. */
export type EarlierDeclaration = {
  readonly applicationId: string;
  readonly dataCategory: string;
  readonly purpose: string;
  readonly owner: string | null;
};

/** Read by applicationsAt: of each application that was declared anew behind a log's size, what had been declared till then. */
export async function declarationsBefore(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
): Promise<EarlierDeclaration[]> {
  return sql.query<EarlierDeclaration>(
    `SELECT DISTINCT ON (subject) subject AS "applicationId", detail->>'dataCategoryBefore' AS "dataCategory",
            detail->>'purposeBefore' AS purpose, detail->>'ownerBefore' AS owner
       FROM audit_event WHERE tenant_id = $1::uuid AND kind = 'application.declared'
        AND (ledger_epoch > $2::int OR (ledger_epoch = $2::int AND ledger_index >= $3::bigint))
      ORDER BY subject, ledger_epoch, ledger_index`,
    [tenantId, epoch, size],
  );
}

export type BuiltPackRow = {
  readonly id: string;
  readonly end: number;
  readonly from: Date;
  readonly to: Date;
};

/** Read by stateReport: packs whose building is an entry of the log below a size; each once, in the order of their entries. */
export async function packsBuiltBefore(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
  limit: number,
): Promise<BuiltPackRow[]> {
  return sql.query<BuiltPackRow>(
    `SELECT id, "end", "from", "to" FROM (
       SELECT DISTINCT ON (e.detail->>'pack') e.detail->>'pack' AS id, r.range_to::float8 AS "end", r.period_from AS "from",
              r.period_to AS "to", e.ledger_index AS place
         FROM audit_event e JOIN report r ON r.tenant_id = e.tenant_id AND r.id::text = e.subject
        WHERE e.tenant_id = $1::uuid AND e.kind = 'report.built' AND e.ledger_epoch = $2::int AND e.ledger_index < $3::bigint
        ORDER BY e.detail->>'pack', e.ledger_index) built
      ORDER BY place DESC LIMIT $4`,
    [tenantId, epoch, size, limit],
  );
}

export type RetentionAt = {
  readonly preset: string;
  readonly since: Date;
};

/** An entry at or behind the size says it: it was not so yet. One whose row has expired is older than any range. */
const saidLater = (kind: string, subject: string): string =>
  `EXISTS (SELECT FROM audit_event e WHERE e.tenant_id = $1::uuid AND e.kind = '${kind}' AND e.subject = ${subject}
     AND (e.ledger_epoch > $2::int OR (e.ledger_epoch = $2::int AND e.ledger_index >= $3::bigint)))`;

/** Read by stateRetention: the period that two people had approved when a log had this size; null: everything was kept. */
export async function retentionAt(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
): Promise<RetentionAt | null> {
  const [row] = await sql.query<RetentionAt>(
    `SELECT r.preset, d.decided_at AS since
       FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
      WHERE r.tenant_id = $1::uuid AND r.kind = 'policy' AND d.outcome = 'approved'
        AND NOT ${saidLater("retention.approved", "r.id::text")} ORDER BY d.decided_at DESC LIMIT 1`,
    [tenantId, epoch, size],
  );
  return row ?? null;
}

/** Read by stateRetention: the holds that stood when a log had this size, oldest first. */
export async function holdsAt(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
): Promise<{ readonly name: string; readonly placedAt: Date }[]> {
  return sql.query(
    `SELECT h.name, h.placed_at AS "placedAt" FROM legal_hold h
      WHERE h.tenant_id = $1::uuid AND NOT ${saidLater("hold.placed", "h.id::text")} AND NOT EXISTS (
        SELECT FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
         WHERE r.tenant_id = h.tenant_id AND r.hold_id = h.id AND r.kind = 'lift_hold' AND d.outcome = 'approved'
           AND NOT ${saidLater("hold.lifted", "r.id::text")})
      ORDER BY h.placed_at, h.id LIMIT 100`,
    [tenantId, epoch, size],
  );
}

export type PruneOfRange = {
  readonly from: number;
  readonly to: number;
  readonly at: Date;
  readonly entryIndex: number;
};

/** Read by stateRetention: what of a range has expired, oldest first. */
export async function prunesOfRange(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  first: number,
  end: number,
): Promise<PruneOfRange[]> {
  return sql.query<PruneOfRange>(
    `SELECT from_index::float8 AS "from", to_index::float8 AS "to", at, entry_index::float8 AS "entryIndex" FROM ledger_prune
      WHERE tenant_id = $1::uuid AND epoch = $2::int AND to_index > $3::bigint AND from_index < $4::bigint ORDER BY to_index LIMIT 500`,
    [tenantId, epoch, first, end],
  );
}

export type ErasedOfRange = {
  readonly reference: string | null;
  readonly at: Date;
  readonly openings: number;
  readonly entries: number;
  readonly entryEpoch: number;
  readonly entryIndex: number;
};

/** Read by stateRetention: of each erasure what it took from a range, oldest first. Whom it was about is not there. */
export async function erasedOfRange(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  first: number,
  end: number,
): Promise<ErasedOfRange[]> {
  return sql.query<ErasedOfRange>(
    `SELECT r.reference, p.at, count(*)::int AS openings, count(DISTINCT e.index)::int AS entries,
            p.entry_epoch AS "entryEpoch", p.entry_index::float8 AS "entryIndex"
       FROM erased_opening e JOIN privacy_erasure p ON p.tenant_id = e.tenant_id AND p.id = e.erasure_id
       JOIN retention_request r ON r.tenant_id = p.tenant_id AND r.id = p.request_id
      WHERE e.tenant_id = $1::uuid AND e.epoch = $2::int AND e.index >= $3::bigint AND e.index < $4::bigint
      GROUP BY p.id, r.reference, p.at, p.entry_epoch, p.entry_index ORDER BY p.at, p.id LIMIT 500`,
    [tenantId, epoch, first, end],
  );
}

export type VersionInForce = { readonly version: number; readonly sha256: string };

const inForce = (table: string, since: string): string =>
  `SELECT v.version, v.sha256 FROM ${table} v WHERE v.tenant_id = $1::uuid AND v.${since} < $3 AND NOT EXISTS (
     SELECT FROM ${table} n WHERE n.tenant_id = v.tenant_id AND n.version > v.version AND n.${since} <= $2)
    ORDER BY v.version LIMIT 1000`;

/** Read by documentsInForce: the versions of a tenant's policy that were in force at some time of a period. */
export async function policiesOfPeriod(
  sql: SqlTransaction,
  tenantId: string,
  from: Date,
  until: Date,
): Promise<VersionInForce[]> {
  return sql.query(inForce("policy_version", "effective_at"), [tenantId, from, until]);
}

/** Read by documentsInForce: the same of the catalogs that its log says it adopted. */
export async function catalogsOfPeriod(
  sql: SqlTransaction,
  tenantId: string,
  from: Date,
  until: Date,
): Promise<VersionInForce[]> {
  return sql.query(inForce("catalog_adoption", "adopted_at"), [tenantId, from, until]);
}

/**
 * Read by withPackSource: the pack of the same question that ends next before a size, by its id: what a pack up to there
 * replaces. The same again for whoever builds that one again.
 */
export async function packReplaced(
  sql: SqlTransaction,
  {
    tenantId,
    epoch,
    periodFrom,
    periodTo,
    filter,
  }: LogKey & { readonly periodFrom: Date; readonly periodTo: Date; readonly filter: object },
  size: number,
): Promise<string | null> {
  const [row] = await sql.query<{ id: string | null }>(
    `SELECT e.detail->>'pack' AS id FROM report r
       JOIN audit_event e ON e.tenant_id = r.tenant_id AND e.kind = 'report.built' AND e.subject = r.id::text
      WHERE r.tenant_id = $1::uuid AND r.epoch = $2::int AND r.period_from = $3 AND r.period_to = $4 AND r.filter = $5::jsonb
        AND r.state = 'ready' AND r.range_to < $6::bigint ORDER BY r.range_to DESC, r.finished_at DESC LIMIT 1`,
    [tenantId, epoch, periodFrom, periodTo, JSON.stringify(filter), size],
  );
  return row?.id ?? null;
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
