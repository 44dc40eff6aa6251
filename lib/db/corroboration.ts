import type { BatchColumn } from "./batch-insert.ts";
import { insertOfTenant } from "./tenant-insert.ts";
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

const columns: readonly BatchColumn<CorroborationRow & { tenantId: string; receivedAt: string }>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "client_id", type: "text", value: (row) => row.clientId },
  { name: "received_at", type: "timestamptz", value: (row) => row.receivedAt },
  { name: "started_at", type: "timestamptz", value: (row) => row.startedAt },
  { name: "source", type: "text", value: (row) => row.source },
  { name: "application_id", type: "uuid", value: (row) => row.applicationId },
  { name: "host", type: "text", value: (row) => row.host },
  { name: "status", type: "integer", value: (row) => row.status },
  { name: "gateway_call_id", type: "uuid", value: (row) => row.gatewayCallId },
  { name: "provider_object_id", type: "text", value: (row) => row.providerObjectId },
  { name: "trace_id", type: "text", value: (row) => row.traceId },
  { name: "call_id", type: "uuid", value: (row) => row.callId },
];

/** Read by joinReports and getCall: reports of calls that went through the gateway. */
export async function insertCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  receivedAt: Date,
  rows: readonly CorroborationRow[],
): Promise<void> {
  const at = receivedAt.toISOString();
  const given = rows.map((row) => ({ ...row, tenantId, receivedAt: at }));
  await insertOfTenant(sql, "corroboration", columns, given);
}

/** Read by joinReports: the tenants of which a report waits for its call. */
export async function tenantsWithOpenReports(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ tenantId: string }>(
    `SELECT DISTINCT tenant_id AS "tenantId" FROM corroboration
      WHERE tenant_id = ANY($1::uuid[]) AND call_id IS NULL AND given_up_at IS NULL ORDER BY 1`,
    [tenantIds],
  );
  return rows.map(({ tenantId }) => tenantId);
}

export type OpenReport = CallMarks & { readonly receivedAt: Date };

/** Read by joinReports: reports whose call was not there yet, oldest first, behind one of them. */
export async function openCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  since: Date,
  { behind, limit }: { behind: OpenReport | null; limit: number },
): Promise<OpenReport[]> {
  const rows = await sql.query<Omit<OpenReport, "startedAt"> & { startedAt: Date }>(
    `SELECT ${marks}, received_at AS "receivedAt" FROM corroboration
      WHERE tenant_id = $1 AND call_id IS NULL AND given_up_at IS NULL AND received_at >= $2
        AND (received_at, client_id) > ($3::timestamptz, $4::text) ORDER BY received_at, client_id LIMIT $5`,
    [tenantId, since, behind?.receivedAt ?? since, behind?.clientId ?? "", limit],
  );
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
}

export type JoinedReport = { readonly clientId: string; readonly callId: string };

/** Read by getCall: the gateway's calls were found. */
export async function joinCorroborations(
  sql: SqlTransaction,
  tenantId: string,
  joined: readonly JoinedReport[],
): Promise<void> {
  if (joined.length === 0) return;
  await sql.query(
    `UPDATE corroboration r SET call_id = found.call_id
       FROM unnest($2::text[], $3::uuid[]) AS found (client_id, call_id)
      WHERE r.tenant_id = $1 AND r.client_id = found.client_id AND r.call_id IS NULL`,
    [tenantId, joined.map(({ clientId }) => clientId), joined.map(({ callId }) => callId)],
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

const noneNearby = (which: string): string =>
  `NOT EXISTS (SELECT 1 FROM call c WHERE c.tenant_id = $1 AND c.reported IS NULL AND ${which}
     AND c.started_at BETWEEN r.started_at - interval '15 minutes' AND r.started_at + interval '15 minutes')`;

/**
 * Read by joinReports: looks no longer for the calls of reports that came before a moment, oldest first. The name is the first
 * of the three that it tells. A trace that holds several calls, or one whose answer told no id, is not missed: it is only not known which
 * of them is meant.
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
       coalesce(r.gateway_call_id::text, r.provider_object_id, r.trace_id) IS NOT NULL
         AND ${noneNearby("c.id = r.gateway_call_id")}
         AND (r.gateway_call_id IS NOT NULL OR (${noneNearby("c.provider_object_id = r.provider_object_id")}
           AND ${noneNearby("c.trace_id = r.trace_id AND (r.provider_object_id IS NULL OR c.provider_object_id IS NULL)")})) AS "isMissed"`,
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
