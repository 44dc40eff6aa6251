import type { SqlTransaction } from "./with-tenant.ts";

export type FoundCase = {
  readonly tenantId: string;
  readonly id: string;
  readonly no: number;
  readonly cause: string;
  readonly host: string | null;
  readonly model: string | null;
  readonly application: string | null;
};

const caseColumns = `f.tenant_id AS "tenantId", f.id, f.no, f.cause, f.host, f.model, f.application`;

/** Read by lookUp: the cases of that number, at most one of a tenant. */
export async function findingsOfNumber(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  no: number,
): Promise<FoundCase[]> {
  return sql.query<FoundCase>(
    `SELECT ${caseColumns} FROM finding f WHERE f.tenant_id = ANY($1::uuid[]) AND f.no = $2::int`,
    [tenantIds, no],
  );
}

/** Read by lookUp: the case of that id. */
export async function findingsOfId(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  id: string,
): Promise<FoundCase[]> {
  return sql.query<FoundCase>(
    `SELECT ${caseColumns} FROM finding f WHERE f.tenant_id = ANY($1::uuid[]) AND f.id = $2::uuid`,
    [tenantIds, id],
  );
}

/** Read by lookUp: the cases that exceptions of that number are about, at most one of a tenant. */
export async function findingsOfException(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  no: number,
): Promise<FoundCase[]> {
  return sql.query<FoundCase>(
    `SELECT ${caseColumns} FROM finding_exception e JOIN finding f ON f.tenant_id = e.tenant_id AND f.id = e.finding_id
      WHERE e.tenant_id = ANY($1::uuid[]) AND e.no = $2::int`,
    [tenantIds, no],
  );
}

export type FoundCall = {
  readonly tenantId: string;
  readonly id: string;
  readonly startedAt: Date;
  readonly operation: string;
};

/** Read by lookUp: a call by its id, which tells when it began. */
export async function callsOfId(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  startedAt: Date,
  id: string,
): Promise<FoundCall[]> {
  return sql.query<FoundCall>(
    `SELECT tenant_id AS "tenantId", id, started_at AS "startedAt", operation FROM call
      WHERE tenant_id = ANY($1::uuid[]) AND started_at = $2 AND id = $3::uuid`,
    [tenantIds, startedAt, id],
  );
}

export type FoundReport = {
  readonly tenantId: string;
  readonly id: string;
  readonly periodFrom: Date;
  readonly periodTo: Date;
};

/** Read by lookUp: a report by its id. */
export async function reportsOfId(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  id: string,
): Promise<FoundReport[]> {
  return sql.query<FoundReport>(
    `SELECT tenant_id AS "tenantId", id, period_from AS "periodFrom", period_to AS "periodTo" FROM report
      WHERE tenant_id = ANY($1::uuid[]) AND id = $2::uuid`,
    [tenantIds, id],
  );
}
