import { systemLogId } from "../core/ledger/system-log.ts";
import type { CallRow } from "./call.ts";
import { claimsOf } from "./claim-set.ts";
import { reaching } from "./entry-bundle.ts";
import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** A stored call as its columns say it, with its dials. Times as text, so that nothing is rounded. */
export type RecordedCallRow = Omit<
  CallRow,
  "seq" | "recordedAt" | "causes" | "claimsId" | "findingIds" | "tenantId"
> & {
  readonly claims: unknown;
  readonly causes: readonly string[];
  readonly attempts: readonly RecordedAttempt[] | null;
};

export type RecordedAttempt = {
  readonly no: number;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly host: string;
  readonly status: number | null;
  readonly progress: string;
  readonly verdict: string;
  readonly basis: string;
  readonly reasons: readonly string[];
  readonly evidence: Readonly<Record<string, unknown>>;
};

const utc = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Read by checkRows: the calls that entries name, by start and id. */
export async function callsOfEntries(
  sql: SqlTransaction,
  tenantId: string,
  calls: readonly { readonly id: string; readonly startedAt: string }[],
): Promise<RecordedCallRow[]> {
  if (calls.length === 0) return [];
  const times = calls.map(({ startedAt }) => startedAt).sort();
  return sql.query<RecordedCallRow>(
    `SELECT c.id, ${utc("c.started_at")} AS "startedAt", ${utc("c.ended_at")} AS "endedAt", c.source, c.boot_id AS "bootId",
            c.intent_n AS "intentN", c.key_id AS "keyId", c.application_id AS "applicationId", c.credential_id AS "credentialId",
            c.target, c.intended_region AS "intendedRegion", c.host, c.served_region AS "servedRegion", c.status,
            c.call_end AS "callEnd", c.operation, c.model_requested AS "modelRequested", c.model_answered AS "modelAnswered",
            c.stream, c.region_dim AS "regionDim", c.host_dim AS "hostDim", c.model_dim AS "modelDim", c.verdict, c.band,
            c.basis, c.reasons, c.causes, ${claimsOf("c")} AS claims, c.policy_version AS "policyVersion", c.catalog_version AS "catalogVersion",
            c.judge_version AS "judgeVersion", c.pin, c.facts, c.refusal, c.would_block AS "wouldBlock",
            c.input_tokens AS "inputTokens", c.output_tokens AS "outputTokens", c.cached_tokens AS "cachedTokens",
            c.reasoning_tokens AS "reasoningTokens", c.ttft_ms AS "ttftMs", c.request_bytes AS "requestBytes",
            c.response_bytes AS "responseBytes", c.body_digest AS "bodyDigest", c.provider_object_id AS "providerObjectId",
            c.client_request_id AS "clientRequestId", c.finish_reason AS "finishReason", c.gap,
            c.reported, c.trace_id AS "traceId", c.simulated, c.ledger_epoch AS "ledgerEpoch", c.ledger_index AS "ledgerIndex",
            (SELECT json_agg(json_build_object('no', a.no, 'startedAt', ${utc("a.dialled_at")}, 'durationMs', a.duration_ms,
               'host', a.host, 'status', a.status, 'progress', a.progress, 'verdict', a.verdict, 'basis', a.basis,
               'reasons', a.reasons, 'evidence', a.evidence) ORDER BY a.no)
               FROM attempt a WHERE a.tenant_id = c.tenant_id AND a.started_at = c.started_at AND a.call_id = c.id) AS attempts
       FROM unnest($2::timestamptz[], $3::uuid[]) AS wanted (started_at, id)
       JOIN call c ON c.tenant_id = $1 AND c.started_at = wanted.started_at AND c.id = wanted.id
      WHERE c.started_at BETWEEN $4 AND $5`,
    [tenantId, calls.map(({ startedAt }) => startedAt), calls.map(({ id }) => id), times[0], times.at(-1)],
  );
}

export type RecordedLateOutcome = {
  readonly callId: string;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly ledgerIndex: number | null;
  readonly ledgerEpoch: number | null;
};

/** Read by checkRows: late ends that entries name. */
export async function lateOutcomesOfEntries(
  sql: SqlTransaction,
  tenantId: string,
  callIds: readonly string[],
): Promise<RecordedLateOutcome[]> {
  if (callIds.length === 0) return [];
  return sql.query<RecordedLateOutcome>(
    `SELECT call_id AS "callId", verdict, reasons, ledger_index AS "ledgerIndex", ledger_epoch AS "ledgerEpoch"
       FROM late_outcome WHERE tenant_id = $1 AND call_id = ANY($2::uuid[])`,
    [tenantId, callIds],
  );
}

export type RecordedEventRow = {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly ledgerEpoch: number | null;
  readonly ledgerIndex: number | null;
};

/** Read by checkRows: events that entries name; of a tenant, or of the deployment. */
export async function eventsOfEntries(
  sql: SqlTransaction,
  tenantId: string | null,
  ids: readonly string[],
): Promise<RecordedEventRow[]> {
  if (ids.length === 0) return [];
  const from =
    tenantId === null ? "system_event WHERE $1::uuid IS NULL" : "audit_event WHERE tenant_id = $1::uuid";
  return sql.query<RecordedEventRow>(
    `SELECT id, ${utc("at")} AS at, actor, actor_id AS "actorId", actor_name AS "actorName", kind, subject, detail,
            ledger_epoch AS "ledgerEpoch", ledger_index AS "ledgerIndex"
       FROM ${from} AND id = ANY($2::uuid[])`,
    [tenantId, ids],
  );
}

export type StoredOpening = {
  readonly index: number;
  readonly field: string;
  readonly sealed: Buffer;
  /** Of how many entries from `index` on; null: of that one. */
  readonly bundled: number | null;
};

/** Read by checkRows: openings of [from, to), and those that lie together with one of them. */
export async function openingsOf(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  from: number,
  to: number,
): Promise<StoredOpening[]> {
  return sql.query<StoredOpening>(
    `SELECT index, field, sealed, bundled FROM ledger_opening
      WHERE tenant_id = $1 AND epoch = $2 AND ${reaching("$3", "$4")} ORDER BY index, field`,
    [tenantId, epoch, from, to],
  );
}

/** Rows that pages show and that name the entry which says the same. */
export type ClaimingRows = "call" | "late_outcome" | "event";

const claiming = {
  call: { table: "call", id: "id", order: "seq" },
  late_outcome: { table: "late_outcome", id: "call_id", order: "received_at" },
  event: { table: "audit_event", id: "id", order: "at" },
} as const;

export type ClaimingRow = {
  readonly id: string;
  readonly epoch: number;
  readonly index: number;
  readonly twice: boolean;
  readonly total: number;
};

/**
 * Read by checkRows: rows that claim a place of a log which is nothing of the kind, another row's, or not there, in order; at
 * most 100, each with the `total` of them. Places from `end` on that are there by now are the next check's. With the first epoch
 * come rows that claim an epoch which the log has not.
 */
export async function rowsWithoutEntry(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  end: number,
  what: ClaimingRows,
): Promise<ClaimingRow[]> {
  const { table, id, order } = claiming[what];
  // The deployment's own events stand in a table without tenants.
  const from =
    what === "event" && tenantId === systemLogId ? "system_event WHERE" : `${table} WHERE tenant_id = $1 AND`;
  return sql.query(
    `SELECT c.id, c.epoch, c.index, c.place > 1 AS twice, (count(*) OVER ())::float8 AS total
       FROM (SELECT ${id} AS id, ledger_epoch AS epoch, ledger_index AS index,
                    row_number() OVER (PARTITION BY ledger_epoch, ledger_index ORDER BY ${order}, ${id}) AS place
               FROM ${from} ((ledger_epoch = $2 AND (ledger_index < $3 OR ledger_index >= coalesce(
                 (SELECT max(end_index) FROM ledger_batch WHERE tenant_id = $1 AND epoch = $2), 0)))
                 OR ($2::int = 1 AND ledger_epoch NOT IN (SELECT epoch FROM ledger_log WHERE tenant_id = $1)))) c
       LEFT JOIN ledger_entry e ON e.tenant_id = $1 AND e.epoch = c.epoch AND e.index = c.index AND e.type = $4
      WHERE c.place > 1 OR e.index IS NULL ORDER BY c.epoch, c.index, c.id LIMIT 100`,
    [tenantId, epoch, end, what],
  );
}

/**
 * Read by checkRows: calls said to be from before the ledger although they were recorded after one that is in it; at most 100,
 * each with the `total` of them.
 */
export async function callsPastTheLedger(
  sql: SqlTransaction,
  tenantId: string,
): Promise<{ readonly id: string; readonly seq: number; readonly total: number }[]> {
  return sql.query(
    `SELECT id, seq, (count(*) OVER ())::float8 AS total FROM call
      WHERE tenant_id = $1 AND ledger_index IS NULL
        AND seq > (SELECT min(seq) FROM call WHERE tenant_id = $1 AND ledger_index IS NOT NULL) ORDER BY seq LIMIT 100`,
    [tenantId],
  );
}

/** Read by checkRows: when the rows of a log were checked last. */
export async function lastRowCheck(sql: SqlTransaction, { tenantId, epoch }: LogKey): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date }>(
    `SELECT at FROM signer_statement
      WHERE tenant_id = $1 AND epoch = $2 AND kind = 'fsck_finished' AND detail ->> 'part' = 'rows' ORDER BY at DESC LIMIT 1`,
    [tenantId, epoch],
  );
  return row?.at ?? null;
}
