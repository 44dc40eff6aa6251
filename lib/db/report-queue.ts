import type { ReportRow, StoredFile } from "./report.ts";
import { onHold } from "./retention.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** One report that is open, and whether somebody wants it stopped. */
export type OpenReport = Pick<ReportRow, "tenantId" | "id" | "state" | "tries" | "cancelWantedAt"> & {
  readonly fence: number | null;
};

/** Read by buildNextReport: everything that waits, or that a worker has begun; what was cut short behind the rest, oldest first. */
export async function openReports(sql: SqlTransaction, tenantIds: readonly string[]): Promise<OpenReport[]> {
  return sql.query<OpenReport>(
    `SELECT tenant_id AS "tenantId", id, state, tries, cancel_wanted_at AS "cancelWantedAt", fence FROM report
      WHERE tenant_id = ANY($1::uuid[]) AND state IN ('queued', 'building', 'signing') ORDER BY tries, requested_at, id`,
    [tenantIds],
  );
}

type ReportKey = { readonly tenantId: string; readonly id: string };

/** Read by buildNextReport: begins, or begins again. False where a later worker has it. */
export async function beginReport(
  sql: SqlTransaction,
  { tenantId, id }: ReportKey,
  fence: number,
  at: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE report SET state = 'building', fence = $3, tries = tries + 1, started_at = $4, entries_total = NULL,
            entries_done = 0, bytes_done = 0
      WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'building', 'signing') AND coalesce(fence, 0) <= $3 RETURNING id`,
    [tenantId, id, fence, at],
  );
  return rows.length > 0;
}

export type ReportProgress = {
  readonly state: "building" | "signing";
  readonly entriesTotal: number;
  readonly entriesDone: number;
  readonly bytesDone: number;
};

/** Read by listReports. Answers whether it may go on: false where somebody wants it stopped, `lost` where a later worker has it. */
export async function noteProgress(
  sql: SqlTransaction,
  { tenantId, id }: ReportKey,
  fence: number,
  { state, entriesTotal, entriesDone, bytesDone }: ReportProgress,
): Promise<"on" | "cancel" | "lost"> {
  const [row] = await sql.query<{ cancelWantedAt: Date | null }>(
    `UPDATE report SET state = $4, entries_total = $5, entries_done = $6, bytes_done = $7
      WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND state IN ('building', 'signing')
     RETURNING cancel_wanted_at AS "cancelWantedAt"`,
    [tenantId, id, fence, state, entriesTotal, entriesDone, bytesDone],
  );
  if (!row) return "lost";
  return row.cancelWantedAt === null ? "on" : "cancel";
}

/** Read by buildNextReport: not begun after all, because the worker stops. It comes first again. */
export async function putBack(
  sql: SqlTransaction,
  { tenantId, id }: ReportKey,
  fence: number,
): Promise<void> {
  await sql.query(
    `UPDATE report SET state = 'queued', tries = greatest(0, tries - 1)
      WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND state IN ('building', 'signing')`,
    [tenantId, id, fence],
  );
}

/** Read by listReports: no pack came of it, and why. False where it was closed before, or a later worker has it. */
export async function closeWithoutPack(
  sql: SqlTransaction,
  { tenantId, id }: ReportKey,
  fence: number,
  outcome: { readonly state: "failed"; readonly problem: string } | { readonly state: "cancelled" },
  at: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE report SET state = $4, problem = $5, finished_at = $6
      WHERE tenant_id = $1::uuid AND id = $2::uuid AND coalesce(fence, 0) <= $3::bigint AND state IN ('queued', 'building', 'signing')
     RETURNING id`,
    [tenantId, id, fence, outcome.state, outcome.state === "failed" ? outcome.problem : null, at],
  );
  return rows.length > 0;
}

export type BuiltReport = {
  readonly origin: string;
  readonly rangeFrom: number;
  readonly rangeTo: number;
  readonly signedAt: Date;
  readonly final: boolean;
  readonly calls: number;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly files: readonly StoredFile[];
  readonly finishedAt: Date;
  readonly expiresAt: Date;
};

/**
 * Read by listReports and takeReport: the pack is whole. It replaces the newest earlier one of the same selection whose
 * bytes are others. False where a later worker has it.
 */
export async function closeReady(
  sql: SqlTransaction,
  { tenantId, id }: ReportKey,
  fence: number,
  built: BuiltReport,
): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE report r SET state = 'ready', origin = $4, range_from = $5::bigint, range_to = $6::bigint, signed_at = $7, final = $8,
            calls = $9::bigint, name = $10, bytes = $11::bigint, bytes_done = $11::bigint, sha256 = $12, files = $13::jsonb,
            finished_at = $14, expires_at = $15, supersedes = (
              SELECT e.id FROM report e
               WHERE e.tenant_id = r.tenant_id AND e.state = 'ready' AND e.epoch = r.epoch AND e.period_from = r.period_from
                 AND e.period_to = r.period_to AND e.filter = r.filter AND e.sha256 <> $12
               ORDER BY e.finished_at DESC, e.id DESC LIMIT 1)
      WHERE r.tenant_id = $1::uuid AND r.id = $2::uuid AND r.fence = $3::bigint AND r.state IN ('building', 'signing') RETURNING r.id`,
    [
      tenantId,
      id,
      fence,
      built.origin,
      built.rangeFrom,
      built.rangeTo,
      built.signedAt,
      built.final,
      built.calls,
      built.name,
      built.bytes,
      built.sha256,
      JSON.stringify(built.files),
      built.finishedAt,
      built.expiresAt,
    ],
  );
  return rows.length > 0;
}

/**
 * Read by runSchedules: packs whose time is over, and those that were begun before entries of their range were deleted as
 * expired: they hold their bytes. Of a tenant under a legal hold none.
 */
export async function packsToDrop(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  at: Date,
): Promise<ReportKey[]> {
  return sql.query<ReportKey>(
    `SELECT r.tenant_id AS "tenantId", r.id FROM report r
      WHERE r.tenant_id = ANY($1::uuid[]) AND r.state = 'ready' AND r.dropped_at IS NULL
        AND (r.expires_at <= $2 OR EXISTS (SELECT FROM ledger_prune_done d WHERE d.tenant_id = r.tenant_id
          AND d.epoch = r.epoch AND d.to_index > r.range_from AND d.at > r.started_at))
        AND NOT ${onHold("r.tenant_id")} LIMIT 100`,
    [tenantIds, at],
  );
}

/** Read by listReports: the pack is gone, the row stays. */
export async function markDropped(sql: SqlTransaction, { tenantId, id }: ReportKey, at: Date): Promise<void> {
  await sql.query("UPDATE report SET dropped_at = $3 WHERE tenant_id = $1::uuid AND id = $2::uuid", [
    tenantId,
    id,
    at,
  ]);
}
