import type { SqlTransaction } from "./with-tenant.ts";

export type CorroborationRow = {
  readonly clientId: string;
  readonly startedAt: string;
  readonly source: string;
  readonly applicationId: string;
  readonly host: string | null;
  readonly status: number | null;
  readonly gatewayCallId: string | null;
  readonly providerObjectId: string | null;
  readonly traceId: string | null;
  readonly callId: string | null;
};

const marks = `client_id AS "clientId", started_at AS "startedAt", gateway_call_id AS "gatewayCallId",
  provider_object_id AS "providerObjectId", trace_id AS "traceId"`;

/** What a report says by which the gateway's call is found. */
export type CallMarks = Pick<
  CorroborationRow,
  "clientId" | "startedAt" | "gatewayCallId" | "providerObjectId" | "traceId"
>;

/** Read by joinReports and getCall: reports of calls that went through the gateway. */
export async function insertCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  receivedAt: Date,
  rows: readonly CorroborationRow[],
): Promise<void> {
  for (const row of rows)
    await sql.query(
      `INSERT INTO corroboration (tenant_id, client_id, received_at, started_at, source, application_id, host, status,
         gateway_call_id, provider_object_id, trace_id, call_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tenantId,
        row.clientId,
        receivedAt,
        row.startedAt,
        row.source,
        row.applicationId,
        row.host,
        row.status,
        row.gatewayCallId,
        row.providerObjectId,
        row.traceId,
        row.callId,
      ],
    );
}

/**
 * Read by acceptCalls and joinReports: the gateway's call that a report speaks of, begun within a quarter of an hour of it.
 * By the call's own id, else by the answer's, else by the trace where it holds one call only; null: none.
 */
export async function findGatewayCall(
  sql: SqlTransaction,
  tenantId: string,
  { startedAt, gatewayCallId, providerObjectId, traceId }: Omit<CallMarks, "clientId">,
  /** As the call's id says; null where it says none. */
  began: Date | null,
): Promise<string | null> {
  const rows = await sql.query<{ id: string; rank: number }>(
    `SELECT id, 1 AS rank FROM call WHERE tenant_id = $1 AND started_at = $6::timestamptz AND id = $3::uuid AND reported IS NULL
     UNION ALL
     (SELECT id, 2 FROM call WHERE tenant_id = $1 AND provider_object_id = $4 AND reported IS NULL
        AND started_at BETWEEN $2::timestamptz - interval '15 minutes' AND $2::timestamptz + interval '15 minutes' LIMIT 1)
     UNION ALL
     (SELECT id, 3 FROM call WHERE tenant_id = $1 AND trace_id = $5 AND reported IS NULL
        AND started_at BETWEEN $2::timestamptz - interval '15 minutes' AND $2::timestamptz + interval '15 minutes' LIMIT 2)`,
    [tenantId, startedAt, gatewayCallId, providerObjectId, traceId, began],
  );
  const best = Math.min(...rows.map(({ rank }) => rank));
  const found = rows.filter(({ rank }) => rank === best);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** Read by joinReports: reports whose call was not there yet, oldest first. */
export async function openCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  limit: number,
): Promise<CallMarks[]> {
  const rows = await sql.query<Omit<CallMarks, "startedAt"> & { startedAt: Date }>(
    `SELECT ${marks} FROM corroboration
      WHERE tenant_id = $1 AND call_id IS NULL AND given_up_at IS NULL AND received_at >= $2 ORDER BY received_at LIMIT $3`,
    [tenantId, since, limit],
  );
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
}

/** Read by getCall: the gateway's call was found. */
export async function joinCorroboration(
  sql: SqlTransaction,
  tenantId: string,
  clientId: string,
  callId: string,
): Promise<void> {
  await sql.query(
    "UPDATE corroboration SET call_id = $3 WHERE tenant_id = $1 AND client_id = $2 AND call_id IS NULL",
    [tenantId, clientId, callId],
  );
}

/** Read by joinReports: whether a report waits since before a moment. */
export async function hasOverdueCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  before: Date,
): Promise<boolean> {
  const [row] = await sql.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM corroboration
       WHERE tenant_id = $1 AND call_id IS NULL AND given_up_at IS NULL AND received_at < $2) AS some`,
    [tenantId, before],
  );
  return row?.some ?? false;
}

export type GivenUpReport = {
  readonly clientId: string;
  readonly startedAt: Date;
  readonly applicationId: string;
  /** True: it names a call, an answer or a trace, and the record holds no call of the gateway's of that name near its time. */
  readonly isMissed: boolean;
};

/**
 * Read by joinReports: looks no longer for the calls of reports that came before a moment, oldest first. A trace that holds
 * several calls is not missed: it is only not known which of them is meant.
 */
export async function giveUpCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  { before, at, limit }: { before: Date; at: Date; limit: number },
): Promise<GivenUpReport[]> {
  return sql.query<GivenUpReport>(
    `UPDATE corroboration r SET given_up_at = $3
       FROM (SELECT client_id FROM corroboration
              WHERE tenant_id = $1 AND call_id IS NULL AND given_up_at IS NULL AND received_at < $2
              ORDER BY received_at, client_id LIMIT $4) waiting
      WHERE r.tenant_id = $1 AND r.client_id = waiting.client_id
     RETURNING r.client_id AS "clientId", r.started_at AS "startedAt", r.application_id AS "applicationId",
       coalesce(r.gateway_call_id::text, r.provider_object_id, r.trace_id) IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM call c WHERE c.tenant_id = $1 AND c.reported IS NULL
            AND c.started_at BETWEEN r.started_at - interval '15 minutes' AND r.started_at + interval '15 minutes'
            AND (c.id = r.gateway_call_id OR c.provider_object_id = r.provider_object_id OR c.trace_id = r.trace_id)
       ) AS "isMissed"`,
    [tenantId, before, at, limit],
  );
}

export type JoinedReportRow = {
  readonly clientId: string;
  readonly source: string;
  readonly applicationId: string;
  readonly startedAt: Date;
  readonly receivedAt: Date;
  readonly status: number | null;
};

/** Read by getCall: what others report of a call of the gateway's, oldest first, through `corroboration_call_idx`. */
export async function corroborationsOf(
  sql: SqlTransaction,
  tenantId: string,
  callId: string,
): Promise<JoinedReportRow[]> {
  return sql.query<JoinedReportRow>(
    `SELECT client_id AS "clientId", source, application_id AS "applicationId", started_at AS "startedAt",
            received_at AS "receivedAt", status
       FROM corroboration WHERE tenant_id = $1 AND call_id = $2 ORDER BY received_at, client_id LIMIT 50`,
    [tenantId, callId],
  );
}
