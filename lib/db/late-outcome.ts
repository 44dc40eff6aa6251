import { type BatchColumn, batchInsert } from "./batch-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type LateOutcomeRow = {
  readonly tenantId: string;
  readonly callId: string;
  readonly startedAt: string;
  readonly receivedAt: string;
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly record: unknown;
};

const columns: readonly BatchColumn<LateOutcomeRow>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "call_id", type: "uuid", value: (row) => row.callId },
  { name: "started_at", type: "timestamptz", value: (row) => row.startedAt },
  { name: "received_at", type: "timestamptz", value: (row) => row.receivedAt },
  { name: "verdict", type: "text", value: (row) => row.verdict },
  { name: "reasons", type: "text[]", value: (row) => row.reasons },
  { name: "record", type: "jsonb", value: (row) => row.record },
];

/** Read by getCall: ends that came after the sweeper; the first one of a call is kept. */
export async function insertLateOutcomes(
  sql: SqlTransaction,
  rows: readonly LateOutcomeRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = batchInsert("late_outcome", columns, rows);
  await sql.query(`${text} ON CONFLICT (tenant_id, call_id) DO NOTHING`, values);
}
