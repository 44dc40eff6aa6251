import type { ReportFilter } from "../core/reports/call-filter.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type ReportState = "queued" | "building" | "signing" | "ready" | "failed" | "cancelled";

/** Where a file lies in a stored pack: it is stored there as it is. */
export type StoredFile = { readonly path: string; readonly offset: number; readonly bytes: number };

export type ReportRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly state: ReportState;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly epoch: number;
  readonly filter: ReportFilter;
  readonly filterWords: string;
  readonly counted: number;
  readonly requestedAt: Date;
  readonly requestedName: string;
  /** Person; null where a schedule or a job asked. */
  readonly requestedBy: string | null;
  readonly scheduleId: string | null;
  readonly cancelWantedAt: Date | null;
  readonly tries: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly entriesTotal: number | null;
  readonly entriesDone: number;
  readonly bytesDone: number;
  readonly problem: string | null;
  readonly origin: string | null;
  readonly rangeFrom: number | null;
  readonly rangeTo: number | null;
  readonly signedAt: Date | null;
  readonly final: boolean | null;
  readonly calls: number | null;
  readonly name: string | null;
  readonly bytes: number | null;
  readonly sha256: Buffer | null;
  readonly files: readonly StoredFile[] | null;
  readonly supersedes: string | null;
  readonly expiresAt: Date | null;
  readonly droppedAt: Date | null;
};

const columns = `r.tenant_id AS "tenantId", r.id, r.state, r.period_from AS "periodFrom", r.period_to AS "periodTo", r.epoch, r.filter,
  r.filter_words AS "filterWords", r.counted, r.requested_at AS "requestedAt", r.requested_name AS "requestedName",
  r.requested_by AS "requestedBy",   r.schedule_id AS "scheduleId", r.cancel_wanted_at AS "cancelWantedAt", r.tries, r.started_at AS "startedAt",
  r.finished_at AS "finishedAt", r.entries_total AS "entriesTotal", r.entries_done AS "entriesDone", r.bytes_done AS "bytesDone",
  r.problem, r.origin, r.range_from AS "rangeFrom", r.range_to AS "rangeTo", r.signed_at AS "signedAt", r.final, r.calls, r.name,
  r.bytes, r.sha256, r.files, r.supersedes, r.expires_at AS "expiresAt", r.dropped_at AS "droppedAt"`;

/** What somebody asks for. */
export type NewReport = Pick<
  ReportRow,
  | "tenantId"
  | "id"
  | "periodFrom"
  | "periodTo"
  | "epoch"
  | "filter"
  | "filterWords"
  | "counted"
  | "requestedAt"
  | "requestedName"
> & { readonly requestedBy: string | null; readonly scheduleId: string | null };

/** Read by buildNextReport: one more in the queue. */
export async function insertReport(sql: SqlTransaction, report: NewReport): Promise<void> {
  const { tenantId, id, periodFrom, periodTo, epoch, filter, filterWords, counted } = report;
  const byPerson = report.scheduleId === null;
  await sql.query(
    `INSERT INTO report (tenant_id, id, period_from, period_to, epoch, filter, filter_words, counted, requested_at,
       requested_by, requested_name${byPerson ? "" : ", schedule_id"})
     VALUES ($1::uuid, $2::uuid, $3, $4, $5::int, $6::jsonb, $7, $8::bigint, $9, $10::uuid, $11${byPerson ? "" : ", $12::uuid"})`,
    [
      tenantId,
      id,
      periodFrom,
      periodTo,
      epoch,
      JSON.stringify(filter),
      filterWords,
      counted,
      report.requestedAt,
      report.requestedBy,
      report.requestedName,
      ...(byPerson ? [] : [report.scheduleId]),
    ],
  );
}

/** Read by listReports, newest first. */
export async function listReportRows(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  limit: number,
): Promise<ReportRow[]> {
  return sql.query<ReportRow>(
    `SELECT ${columns} FROM report r WHERE r.tenant_id = ANY($1::uuid[]) ORDER BY r.requested_at DESC, r.id DESC LIMIT $2`,
    [tenantIds, limit],
  );
}

/** Read by takeReport, linkReport, cancelReport and buildNextReport. */
export async function findReport(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  id: string,
): Promise<ReportRow | null> {
  const [row] = await sql.query<ReportRow>(
    `SELECT ${columns} FROM report r WHERE r.tenant_id = ANY($1::uuid[]) AND r.id = $2::uuid`,
    [tenantIds, id],
  );
  return row ?? null;
}

/** Read by requestReport: how many of a tenant's wait or are being built. */
export async function countOpenReports(sql: SqlTransaction, tenantId: string): Promise<number> {
  const [row] = await sql.query<{ open: number }>(
    "SELECT count(*)::int AS open FROM report WHERE tenant_id = $1::uuid AND state IN ('queued', 'building', 'signing')",
    [tenantId],
  );
  return row?.open ?? 0;
}

/** Read by the builder, which stops at its next look. One that waits is cancelled by the worker's next pass. */
export async function wantCancelled(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
  at: Date,
): Promise<void> {
  await sql.query(
    `UPDATE report SET cancel_wanted_at = $3 WHERE tenant_id = $1::uuid AND id = $2::uuid AND cancel_wanted_at IS NULL
        AND state IN ('queued', 'building', 'signing')`,
    [tenantId, id, at],
  );
}
