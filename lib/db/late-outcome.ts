import type { BatchColumn } from "./batch-insert.ts";
import { insertOfTenant } from "./tenant-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type LateOutcomeRow = {
  readonly tenantId: string;
  readonly callId: string;
  readonly startedAt: string;
  readonly receivedAt: string;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly findingIds: readonly string[];
  readonly record: unknown;
  readonly ledgerEpoch: number;
  readonly ledgerIndex: number;
};

const columns: readonly BatchColumn<LateOutcomeRow>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "call_id", type: "uuid", value: (row) => row.callId },
  { name: "started_at", type: "timestamptz", value: (row) => row.startedAt },
  { name: "received_at", type: "timestamptz", value: (row) => row.receivedAt },
  { name: "verdict", type: "text", value: (row) => row.verdict },
  { name: "reasons", type: "text[]", value: (row) => row.reasons },
  { name: "finding_ids", type: "uuid[]", value: (row) => row.findingIds },
  { name: "record", type: "jsonb", value: (row) => row.record },
  { name: "ledger_epoch", type: "integer", value: (row) => row.ledgerEpoch },
  { name: "ledger_index", type: "bigint", value: (row) => row.ledgerIndex },
];

/** Read by recordCalls: which of these calls have a late end already. The first one is kept. */
export async function findLateOutcomes(
  sql: SqlTransaction,
  tenantId: string,
  callIds: readonly string[],
): Promise<Set<string>> {
  if (callIds.length === 0) return new Set();
  const rows = await sql.query<{ callId: string }>(
    `SELECT call_id AS "callId" FROM late_outcome WHERE tenant_id = $1 AND call_id = ANY($2::uuid[])`,
    [tenantId, callIds],
  );
  return new Set(rows.map(({ callId }) => callId));
}

/** Read by `findLateOutcome`: ends that came after the sweeper. */
export async function insertLateOutcomes(
  sql: SqlTransaction,
  rows: readonly LateOutcomeRow[],
): Promise<void> {
  await insertOfTenant(sql, "late_outcome", columns, rows);
}

export type LateOutcome = {
  readonly receivedAt: Date;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly findingIds: readonly string[];
  /** As the record of the call that came. */
  readonly record: unknown;
};

/** Read by getCall: the end of one call that came after the sweeper, or null. */
export async function findLateOutcome(
  sql: SqlTransaction,
  tenantId: string,
  callId: string,
): Promise<LateOutcome | null> {
  const [row] = await sql.query<LateOutcome>(
    `SELECT received_at AS "receivedAt", verdict, reasons, finding_ids AS "findingIds", record
       FROM late_outcome WHERE tenant_id = $1 AND call_id = $2`,
    [tenantId, callId],
  );
  return row ?? null;
}

export type LateCall = {
  readonly id: string;
  readonly startedAt: Date;
  readonly receivedAt: Date;
  readonly verdict: string;
};

/** Read by getFinding: the newest of the calls that belong to a case by an end that came after the sweeper. */
export async function lateCallsOfFinding(
  sql: SqlTransaction,
  tenantId: string,
  findingId: string,
  limit: number,
): Promise<LateCall[]> {
  return sql.query<LateCall>(
    `SELECT call_id AS id, started_at AS "startedAt", received_at AS "receivedAt", verdict
       FROM late_outcome WHERE tenant_id = $1 AND finding_ids @> ARRAY[$2::uuid] ORDER BY started_at DESC, call_id DESC LIMIT $3`,
    [tenantId, findingId, limit],
  );
}
