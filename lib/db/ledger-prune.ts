import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type PruneRow = {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly before: Date;
  readonly at: Date;
  /** Base64. */
  readonly root: string;
  readonly entryEpoch: number;
  readonly entryIndex: number;
  readonly finished: boolean;
};

const columns = `p.epoch, p.from_index::float8 AS "from", p.to_index::float8 AS "to", p.before, p.at, encode(p.root, 'base64') AS root,
  p.entry_epoch AS "entryEpoch", p.entry_index::float8 AS "entryIndex"`;

/** Read by getRetention: every prune of a log, the newest first. */
export async function listPrunes(sql: SqlTransaction, tenantId: string): Promise<PruneRow[]> {
  return sql.query<PruneRow>(
    `SELECT ${columns}, d.at IS NOT NULL AS finished FROM ledger_prune p
       LEFT JOIN ledger_prune_done d ON d.tenant_id = p.tenant_id AND d.epoch = p.epoch AND d.to_index = p.to_index
      WHERE p.tenant_id = $1::uuid ORDER BY p.at DESC, p.epoch DESC LIMIT 500`,
    [tenantId],
  );
}

/** `statement`: the bytes of its entry, kept for when they expire themselves; null in rows from before they were kept. */
export type NewestPrune = Omit<PruneRow, "finished"> & { readonly statement: Buffer | null };

/** Read by the full checks: the newest prune of an epoch; null where none of its bytes have expired. */
export async function newestPrune(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
): Promise<NewestPrune | null> {
  const [row] = await sql.query<NewestPrune>(
    `SELECT ${columns}, p.statement FROM ledger_prune p
      WHERE p.tenant_id = $1::uuid AND p.epoch = $2::int ORDER BY p.to_index DESC LIMIT 1`,
    [tenantId, epoch],
  );
  return row ?? null;
}
