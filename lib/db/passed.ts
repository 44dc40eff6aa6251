import { querySql, type SqlTransaction } from "./with-tenant.ts";

/** Read by nobody: why records of imports were turned away that ended before. Answers how many rows went. */
export async function deleteImportErrors(
  sql: SqlTransaction,
  tenantId: string,
  endedBefore: Date,
): Promise<number> {
  const [row] = await sql.query<{ gone: number }>(
    `WITH due AS (UPDATE import_job SET errors_kept = 0
                   WHERE tenant_id = $1::uuid AND errors_kept > 0 AND ended_at < $2 RETURNING id),
          gone AS (DELETE FROM import_error WHERE tenant_id = $1::uuid AND import_id IN (SELECT id FROM due) RETURNING 1)
     SELECT count(*)::int AS gone FROM gone`,
    [tenantId, endedBefore],
  );
  return row?.gone ?? 0;
}

/** Read by nobody: links to a download that nobody can use any more. Answers how many went. */
export async function deleteReportLinks(
  sql: SqlTransaction,
  tenantId: string,
  expiredBefore: Date,
): Promise<number> {
  return deleteRows(sql, "DELETE FROM report_link WHERE tenant_id = $1::uuid AND expires_at < $2", [
    tenantId,
    expiredBefore,
  ]);
}

/** Read by nobody: hours of before, as the provider counted them. Answers how many rows went. */
export async function deleteProviderUsage(
  sql: SqlTransaction,
  tenantId: string,
  before: Date,
): Promise<number> {
  return deleteRows(sql, "DELETE FROM provider_usage WHERE tenant_id = $1::uuid AND hour < $2", [
    tenantId,
    before,
  ]);
}

/** Read by nobody: sessions begun before, but each person's last and any that may be alive. Answers how many went. */
export async function deleteSessions(begunBefore: Date): Promise<number> {
  const [row] = await querySql<{ gone: number }>("SELECT delete_old_sessions($1) AS gone", [begunBefore]);
  return row?.gone ?? 0;
}

async function deleteRows(
  sql: SqlTransaction,
  deletion: string,
  values: readonly unknown[],
): Promise<number> {
  const [row] = await sql.query<{ gone: number }>(
    `WITH gone AS (${deletion} RETURNING 1) SELECT count(*)::int AS gone FROM gone`,
    values,
  );
  return row?.gone ?? 0;
}
