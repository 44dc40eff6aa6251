import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

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
