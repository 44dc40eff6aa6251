import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type FindingAt = {
  readonly groupKey: string;
  readonly id: string;
  readonly openedAt: Date;
  /** Of the newest thing that happened to it until then. */
  readonly kind: string;
  readonly resolution: string | null;
};

/** Read by stateFindings: cases by their keys, as they stood at a moment. What happened to one is never changed. */
export async function findingsAt(
  sql: SqlTransaction,
  tenantId: string,
  keys: readonly string[],
  at: Date,
): Promise<FindingAt[]> {
  return sql.query<FindingAt>(
    `SELECT f.group_key AS "groupKey", f.id, f.opened_at AS "openedAt", e.kind, e.resolution
       FROM finding f JOIN LATERAL (
         SELECT kind, resolution FROM finding_event e
          WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id AND e.at <= $3::timestamptz ORDER BY e.at DESC, e.id DESC LIMIT 1
       ) e ON true
      WHERE f.tenant_id = $1::uuid AND f.group_key = ANY($2::text[])`,
    [tenantId, keys, at],
  );
}

/** What an application was declared as before somebody declared it anew. */
export type EarlierDeclaration = {
  readonly applicationId: string;
  readonly dataCategory: string;
  readonly purpose: string;
  readonly owner: string | null;
};

/** Read by stateSystem: of each application that was declared anew behind a log's size, what had been declared till then. */
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

/** Read by stateRetention: the period that two people had approved at a moment; null: everything was kept. */
export async function retentionAt(
  sql: SqlTransaction,
  tenantId: string,
  at: Date,
): Promise<RetentionAt | null> {
  const [row] = await sql.query<RetentionAt>(
    `SELECT r.preset, d.decided_at AS since
       FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
      WHERE r.tenant_id = $1::uuid AND r.kind = 'policy' AND d.outcome = 'approved' AND d.decided_at <= $2
      ORDER BY d.decided_at DESC LIMIT 1`,
    [tenantId, at],
  );
  return row ?? null;
}

/** Read by stateRetention: the holds that stood at a moment, oldest first. */
export async function holdsAt(
  sql: SqlTransaction,
  tenantId: string,
  at: Date,
): Promise<{ readonly name: string; readonly placedAt: Date }[]> {
  return sql.query(
    `SELECT h.name, h.placed_at AS "placedAt" FROM legal_hold h
      WHERE h.tenant_id = $1::uuid AND h.placed_at <= $2 AND NOT EXISTS (
        SELECT FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
         WHERE r.tenant_id = h.tenant_id AND r.hold_id = h.id AND r.kind = 'lift_hold' AND d.outcome = 'approved' AND d.decided_at <= $2)
      ORDER BY h.placed_at, h.id LIMIT 100`,
    [tenantId, at],
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
