import type { ReportFilter } from "../core/reports/call-filter.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type ReportScheduleRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly every: "monthly" | "quarterly";
  readonly filter: ReportFilter;
  readonly filterWords: string;
  readonly createdAt: Date;
  readonly createdName: string;
  readonly createdBy: string | null;
  /** End of the period that is due next. */
  readonly nextAt: Date;
};

const columns = `tenant_id AS "tenantId", id, every, filter, filter_words AS "filterWords", created_at AS "createdAt",
  created_name AS "createdName", created_by AS "createdBy", next_at AS "nextAt"`;

/** Read by runSchedules and listReports. */
export async function insertSchedule(sql: SqlTransaction, row: ReportScheduleRow): Promise<void> {
  const { tenantId, id, every, filter, filterWords, createdAt, createdName, createdBy, nextAt } = row;
  await sql.query(
    `INSERT INTO report_schedule (tenant_id, id, every, filter, filter_words, created_at, created_name, created_by, next_at)
     VALUES ($1::uuid, $2::uuid, $3, $4::jsonb, $5, $6, $7, $8::uuid, $9)`,
    [tenantId, id, every, JSON.stringify(filter), filterWords, createdAt, createdName, createdBy, nextAt],
  );
}

/** Read by listReports and runSchedules: those that still run. */
export async function standingSchedules(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<ReportScheduleRow[]> {
  return sql.query<ReportScheduleRow>(
    `SELECT ${columns} FROM report_schedule WHERE tenant_id = ANY($1::uuid[]) AND ended_at IS NULL ORDER BY created_at, id`,
    [tenantIds],
  );
}

/** `nextAt`: when it is due as whoever asks has read it; `to`: when it is due next. */
export type ScheduleTurn = Pick<ReportScheduleRow, "tenantId" | "id" | "nextAt"> & { readonly to: Date };

/** Read by runSchedules: moves on. False where another worker has done so. */
export async function moveSchedule(
  sql: SqlTransaction,
  { tenantId, id, nextAt, to }: ScheduleTurn,
): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE report_schedule SET next_at = $4 WHERE tenant_id = $1::uuid AND id = $2::uuid AND next_at = $3 AND ended_at IS NULL
     RETURNING id`,
    [tenantId, id, nextAt, to],
  );
  return rows.length > 0;
}

/** Read by listReports: it runs no more. False where it did not. */
export async function stopSchedule(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const rows = await sql.query(
    "UPDATE report_schedule SET ended_at = $3 WHERE tenant_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL RETURNING id",
    [tenantId, id, at],
  );
  return rows.length > 0;
}
