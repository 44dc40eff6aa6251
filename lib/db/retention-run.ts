import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type PrunableEpoch = LogKey & {
  /** Where the bytes begin. */
  readonly from: number;
  /** Where the entries begin that have not expired, or that may still be signed. Not above `from`: nothing to do. */
  readonly to: number;
  /** Base64, of the tree at `to`. */
  readonly root: string;
};

/**
 * Read by pruneExpired: the expired part of each epoch, a whole number of batches. It ends before the entry that states
 * the newest prune of another epoch where its bytes are not kept apart: they are needed to believe what is missing there. In the
 * newest epoch it ends with what was signed, for the signer has to read the rest; of an earlier one, which was sealed, nothing more is ever signed.
 */
export async function prunableEpochs(
  sql: SqlTransaction,
  tenantId: string,
  before: Date,
): Promise<PrunableEpoch[]> {
  return sql.query<PrunableEpoch>(
    `SELECT l.tenant_id AS "tenantId", l.epoch, pruned.until::float8 AS "from", b.end_index::float8 AS "to", encode(b.root, 'base64') AS root
       FROM ledger_log l
      CROSS JOIN LATERAL (SELECT coalesce(max(to_index), 0) AS until FROM ledger_prune p
                           WHERE p.tenant_id = $1::uuid AND p.epoch = l.epoch) pruned
      CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM ledger_log later
                           WHERE later.tenant_id = $1::uuid AND later.epoch > l.epoch) AS so) is_past
      CROSS JOIN LATERAL (
        SELECT least(
          (SELECT min(first_index) FROM ledger_batch f WHERE f.tenant_id = $1::uuid AND f.epoch = l.epoch
              AND f.first_index >= pruned.until AND f.appended_at >= $2::timestamptz),
          CASE WHEN NOT is_past.so THEN
            (SELECT coalesce(max(size), 0) FROM ledger_checkpoint c WHERE c.tenant_id = $1::uuid AND c.epoch = l.epoch) END,
          (SELECT max(x.end_index) FROM ledger_batch x WHERE x.tenant_id = $1::uuid AND x.epoch = l.epoch),
          (SELECT min(n.entry_index) FROM (SELECT DISTINCT ON (p.epoch) p.epoch, p.entry_epoch, p.entry_index, p.statement FROM ledger_prune p
              WHERE p.tenant_id = $1::uuid ORDER BY p.epoch, p.to_index DESC) n
            WHERE n.epoch <> l.epoch AND n.entry_epoch = l.epoch AND n.statement IS NULL)) AS most) bound
      CROSS JOIN LATERAL (SELECT end_index, root FROM ledger_batch e
                           WHERE e.tenant_id = $1::uuid AND e.epoch = l.epoch AND e.end_index <= bound.most
                           ORDER BY end_index DESC LIMIT 1) b
      WHERE l.tenant_id = $1::uuid AND b.end_index > pruned.until
      ORDER BY l.epoch`,
    [tenantId, before],
  );
}

export type RecordedPrune = {
  readonly tenantId: string;
  readonly requestId: string;
  readonly epoch: number;
  readonly to: number;
  readonly entry: { readonly epoch: number; readonly index: number };
};

/** Read by is_pruned and the full checks. The function looks for the two people, the hold and the age itself. */
export async function recordPrune(sql: SqlTransaction, prune: RecordedPrune): Promise<void> {
  await sql.query(
    "SELECT retention_record_prune($1::uuid, $2::uuid, $3::int, $4::bigint, $5::int, $6::bigint)",
    [prune.tenantId, prune.requestId, prune.epoch, prune.to, prune.entry.epoch, prune.entry.index],
  );
}

/** Read by nobody: deletes a part of what is recorded as pruned. Answers how much went; 0: nothing is left. */
export async function pruneStep(sql: SqlTransaction, log: LogKey, most: number): Promise<number> {
  const [row] = await sql.query<{ gone: number }>(
    "SELECT retention_prune_step($1::uuid, $2::int, $3::int)::float8 AS gone",
    [log.tenantId, log.epoch, most],
  );
  return row?.gone ?? 0;
}

/** Read by pruneExpired: prunes that were recorded and are not finished. */
export async function unfinishedPrunes(sql: SqlTransaction, tenantId: string): Promise<LogKey[]> {
  return sql.query<LogKey>(
    `SELECT DISTINCT p.tenant_id AS "tenantId", p.epoch FROM ledger_prune p
      WHERE p.tenant_id = $1::uuid AND NOT EXISTS (SELECT FROM ledger_prune_done d
        WHERE d.tenant_id = p.tenant_id AND d.epoch = p.epoch AND d.to_index = p.to_index) ORDER BY p.epoch`,
    [tenantId],
  );
}

export type ErasureDue = {
  readonly requestId: string;
  readonly reference: string;
  readonly basis: string;
  readonly requestedBy: string;
  readonly requestedById: string;
  readonly approvedBy: string;
  readonly approvedById: string;
  /** When it was first carried out; null: not yet. */
  readonly doneAt: Date | null;
};

/** Read by eraseApproved: the tenants with a request of erasure whose person is still known by an HMAC. */
export async function tenantsWithSubjects(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM erasure_subject WHERE tenant_id = ANY($1::uuid[]) ORDER BY 1`,
    [tenantIds],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Read by eraseApproved: approved erasures whose person is still known by an HMAC. */
export async function erasuresDue(sql: SqlTransaction, tenantId: string): Promise<ErasureDue[]> {
  return sql.query<ErasureDue>(
    `SELECT r.id AS "requestId", r.reference, r.basis, r.requested_by AS "requestedBy", r.requested_by_id AS "requestedById",
            d.decided_by AS "approvedBy", d.decided_by_id AS "approvedById",
            (SELECT min(at) FROM privacy_erasure e WHERE e.tenant_id = $1::uuid AND e.request_id = r.id) AS "doneAt"
       FROM retention_request r
       JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id AND d.outcome = 'approved'
       JOIN erasure_subject s ON s.tenant_id = r.tenant_id AND s.request_id = r.id
      WHERE r.tenant_id = $1::uuid AND r.kind = 'erasure' ORDER BY d.decided_at`,
    [tenantId],
  );
}

export type PlaceRow = { readonly epoch: number; readonly index: number };
export type NamedOpening = PlaceRow & { readonly field: string };

/** Read by eraseApproved: every opening of the person that an approved request is about. */
export async function openingsOfRequest(
  sql: SqlTransaction,
  tenantId: string,
  requestId: string,
): Promise<NamedOpening[]> {
  return sql.query<NamedOpening>(
    `SELECT o.epoch, o.index::float8 AS index, o.field FROM ledger_opening o
       JOIN erasure_subject s ON s.tenant_id = o.tenant_id AND s.subject_index = o.subject_index
      WHERE o.tenant_id = $1::uuid AND s.tenant_id = $1::uuid AND s.request_id = $2::uuid ORDER BY 1, 2, 3`,
    [tenantId, requestId],
  );
}

export type SaidInLog = PlaceRow & {
  /** What the event says. */
  readonly detail: Readonly<Record<string, unknown>>;
};

/**
 * Read by eraseApproved and pruneExpired: events of a kind that no deletion was recorded with, the newest first: the job
 * ended between the entry and what it speaks of.
 */
export async function saidAndNotDone(
  sql: SqlTransaction,
  tenantId: string,
  kind: string,
  table: "ledger_prune" | "privacy_erasure",
): Promise<SaidInLog[]> {
  return sql.query<SaidInLog>(
    `SELECT a.ledger_epoch AS epoch, a.ledger_index::float8 AS index, a.detail FROM audit_event a
       LEFT JOIN ${table} d ON d.tenant_id = a.tenant_id AND d.entry_epoch = a.ledger_epoch AND d.entry_index = a.ledger_index
      WHERE a.tenant_id = $1::uuid AND a.kind = $2 AND d.tenant_id IS NULL ORDER BY a.ledger_epoch DESC, a.ledger_index DESC LIMIT 20`,
    [tenantId, kind],
  );
}

export type NamedErasure = {
  readonly tenantId: string;
  readonly requestId: string;
  readonly erasureId: string;
  readonly openings: readonly NamedOpening[];
  /** Those of their entries that are calls and hold the id of a request. */
  readonly calls: readonly { readonly id: string; readonly startedAt: string }[];
  readonly listSha256: string;
  /** The entry that says so. */
  readonly entry: PlaceRow;
};

/**
 * Read by getRetention and checkRows: deletes these openings and the ids of requests that went with them, and records that.
 * The function looks for the two people and the hold itself, and that all of them are the person's.
 */
export async function eraseOpenings(sql: SqlTransaction, erasure: NamedErasure): Promise<void> {
  const { tenantId, requestId, erasureId, openings, calls, listSha256, entry } = erasure;
  await sql.query(
    `SELECT retention_erase($1::uuid, $2::uuid, $3::uuid, $4::int[], $5::bigint[], $6::text[], $7::timestamptz[], $8::uuid[],
       $9, $10::int, $11::bigint)`,
    [
      ...[tenantId, requestId, erasureId],
      openings.map(({ epoch }) => epoch),
      openings.map(({ index }) => index),
      openings.map(({ field }) => field),
      calls.map(({ startedAt }) => startedAt),
      calls.map(({ id }) => id),
      ...[listSha256, entry.epoch, entry.index],
    ],
  );
}

/** Read by eraseApproved: requests that were refused, taken back or left to lapse, and still say by an HMAC whom they were about. */
export async function subjectsPast(sql: SqlTransaction, tenantId: string): Promise<string[]> {
  const rows = await sql.query<{ requestId: string }>(
    `SELECT s.request_id AS "requestId" FROM erasure_subject s
       LEFT JOIN retention_decision d ON d.tenant_id = s.tenant_id AND d.request_id = s.request_id
      WHERE s.tenant_id = $1::uuid AND d.outcome IS DISTINCT FROM 'approved' AND is_subject_past(s.tenant_id, s.request_id)`,
    [tenantId],
  );
  return rows.map(({ requestId }) => requestId);
}

/** Read by nobody: the HMAC of a person goes where nobody waits for it any more, the function looks whether that is so. */
export async function forgetSubject(sql: SqlTransaction, tenantId: string, requestId: string): Promise<void> {
  await sql.query("SELECT retention_forget_subject($1::uuid, $2::uuid)", [tenantId, requestId]);
}
