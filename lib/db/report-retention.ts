import type { LogKey } from "./ledger-walk.ts";
import { saidLater } from "./said-later.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type RetentionAt = {
  readonly preset: string;
  readonly since: Date;
};

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
