import type { SqlTransaction } from "./with-tenant.ts";

/** Where a log stands: its open epoch, its head, its newest checkpoint, and since when an entry waits for the next one. */
export type LogHeadRow = {
  readonly logId: string;
  readonly epoch: number;
  readonly origin: string;
  readonly entries: number;
  readonly size: number | null;
  readonly signedAt: Date | null;
  readonly root: string | null;
  readonly waitingSince: Date | null;
};

/** Read by getLedger and getLog: one row per log that has an epoch. */
export async function logHeads(sql: SqlTransaction, logIds: readonly string[]): Promise<LogHeadRow[]> {
  return sql.query<LogHeadRow>(
    `SELECT l.tenant_id AS "logId", l.epoch, l.origin, coalesce(b.end_index, 0) AS entries, c.size,
            c.signed_at AS "signedAt", encode(c.root, 'base64') AS root, w.appended_at AS "waitingSince"
       FROM recording_head AS asked
       CROSS JOIN LATERAL (
         SELECT tenant_id, epoch, origin FROM ledger_log WHERE tenant_id = asked.tenant_id ORDER BY epoch DESC LIMIT 1) l
       LEFT JOIN LATERAL (
         SELECT end_index FROM ledger_batch WHERE tenant_id = l.tenant_id AND epoch = l.epoch
          ORDER BY end_index DESC LIMIT 1) b ON true
       LEFT JOIN LATERAL (
         SELECT size, signed_at, root FROM ledger_checkpoint WHERE tenant_id = l.tenant_id AND epoch = l.epoch
          ORDER BY size DESC, signed_at DESC LIMIT 1) c ON true
       LEFT JOIN ledger_entry w ON w.tenant_id = l.tenant_id AND w.epoch = l.epoch AND w.index = coalesce(c.size, 0)
      WHERE asked.tenant_id = ANY($1::uuid[])`,
    [logIds],
  );
}

export type StatementRow = {
  readonly logId: string;
  readonly id: string;
  readonly at: Date;
  readonly epoch: number | null;
  readonly kind: string;
  readonly atIndex: number | null;
  readonly sentence: string;
  readonly detail: unknown;
};

const statementColumns = `s.tenant_id AS "logId", s.id, s.at, s.epoch, s.kind, s.at_index AS "atIndex", s.sentence, s.detail`;

/**
 * Read by getLedger, getLog, proofs, packs and retention: of each log and epoch the newest statement of each kind that says
 * how it stands, full checks by their part.
 */
export async function standingStatements(
  sql: SqlTransaction,
  logIds: readonly string[],
): Promise<StatementRow[]> {
  return sql.query<StatementRow>(
    `SELECT DISTINCT ON (s.tenant_id, s.epoch, s.kind, s.detail ->> 'part') ${statementColumns}
       FROM signer_statement s
      WHERE s.tenant_id = ANY($1::uuid[]) AND s.kind IN ('frozen', 'unfrozen', 'log_sealed', 'key_compromised', 'fsck_finished')
      ORDER BY s.tenant_id, s.epoch, s.kind, s.detail ->> 'part', s.at DESC, s.id DESC`,
    [logIds],
  );
}

/** Read by getLog: what the signer said of one log, newest first. */
export async function newestStatements(
  sql: SqlTransaction,
  logId: string,
  limit: number,
): Promise<StatementRow[]> {
  return sql.query<StatementRow>(
    `SELECT ${statementColumns} FROM signer_statement s WHERE s.tenant_id = $1 ORDER BY s.at DESC, s.id DESC LIMIT $2`,
    [logId, limit],
  );
}

export type EpochRow = {
  readonly epoch: number;
  readonly origin: string;
  readonly openedAt: Date;
  readonly entries: number;
};

/** Read by getLog: the epochs of one log, newest first. */
export async function listEpochs(sql: SqlTransaction, logId: string): Promise<EpochRow[]> {
  return sql.query<EpochRow>(
    `SELECT l.epoch, l.origin, l.opened_at AS "openedAt", coalesce(b.end_index, 0) AS entries
       FROM ledger_log l
       LEFT JOIN LATERAL (
         SELECT end_index FROM ledger_batch WHERE tenant_id = l.tenant_id AND epoch = l.epoch
          ORDER BY end_index DESC LIMIT 1) b ON true
      WHERE l.tenant_id = $1 ORDER BY l.epoch DESC LIMIT 100`,
    [logId],
  );
}

/**
 * Read by getLog: how many of a tenant's calls were recorded before the ledger. They are numbered without gaps, and once
 * the ledger is there every further call is in it: so the border is searched by halves, each probe one look into an index.
 */
export async function callsBeforeLedger(sql: SqlTransaction, tenantId: string): Promise<number> {
  const [row] = await sql.query<{ calls: number }>(
    `WITH RECURSIVE search (low, high) AS (
         SELECT 0::bigint, coalesce((SELECT seq FROM call WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1), 0)
       UNION ALL
         SELECT CASE WHEN probe.outside THEN s.middle ELSE s.low END, CASE WHEN probe.outside THEN s.high ELSE s.middle - 1 END
           FROM (SELECT low, high, (low + high + 1) / 2 AS middle FROM search WHERE low < high) s
           CROSS JOIN LATERAL (
             SELECT coalesce((SELECT c.ledger_index IS NULL FROM call c WHERE c.tenant_id = $1 AND c.seq >= s.middle
                               ORDER BY c.seq LIMIT 1), false) AS outside) probe)
     SELECT low AS calls FROM search WHERE low >= high`,
    [tenantId],
  );
  return row?.calls ?? 0;
}

export type CheckpointRow = {
  readonly epoch: number;
  readonly size: number;
  readonly signedAt: Date;
  readonly root: string;
};

/** A place in the list of checkpoints: everything below it is older. */
export type CheckpointPosition = { readonly epoch: number; readonly size: number; readonly signedAt: Date };

/** Read by listCheckpoints: newest epoch and largest size first. */
export async function listCheckpointRows(
  sql: SqlTransaction,
  { logId, below, limit }: { logId: string; below: CheckpointPosition | null; limit: number },
): Promise<CheckpointRow[]> {
  return sql.query<CheckpointRow>(
    `SELECT epoch, size, signed_at AS "signedAt", encode(root, 'base64') AS root FROM ledger_checkpoint
      WHERE tenant_id = $1
        AND ($2::int IS NULL OR (epoch, size, signed_at) < ($2::int, $3::bigint, $4::timestamptz))
      ORDER BY epoch DESC, size DESC, signed_at DESC LIMIT $5`,
    [logId, below?.epoch ?? null, below?.size ?? null, below?.signedAt ?? null, limit],
  );
}

/** Read by getCheckpointNote: the note as it was signed. */
export async function findCheckpointNote(
  sql: SqlTransaction,
  { logId, epoch, size, signedAt }: { logId: string; epoch: number; size: number; signedAt: Date },
): Promise<string | null> {
  const [row] = await sql.query<{ note: string }>(
    "SELECT note FROM ledger_checkpoint WHERE tenant_id = $1 AND epoch = $2 AND size = $3 AND signed_at = $4",
    [logId, epoch, size, signedAt],
  );
  return row?.note ?? null;
}

/** Where a call stands in the ledger; epoch and index are null for a call from before it. */
export type CallPlaceRow = {
  readonly tenantId: string;
  readonly epoch: number | null;
  readonly index: number | null;
  readonly origin: string | null;
};

/** Read by getCallProof: a call of one of these tenants, by the time its id holds and the id. */
export async function findCallPlace(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  startedAt: Date,
  id: string,
): Promise<CallPlaceRow | null> {
  const [row] = await sql.query<CallPlaceRow>(
    `SELECT c.tenant_id AS "tenantId", c.ledger_epoch AS epoch, c.ledger_index AS index, l.origin
       FROM call c LEFT JOIN ledger_log l ON l.tenant_id = c.tenant_id AND l.epoch = c.ledger_epoch
      WHERE c.tenant_id = ANY($1::uuid[]) AND c.started_at = $2 AND c.id = $3`,
    [tenantIds, startedAt, id],
  );
  return row ?? null;
}
