import type { BatchColumn } from "./batch-insert.ts";
import { insertOfTenant } from "./tenant-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** An attempt as it is stored. `startedAt` is the call's; `dialledAt` its own. */
export type AttemptRow = {
  readonly tenantId: string;
  readonly startedAt: string;
  readonly callId: string;
  readonly no: number;
  readonly dialledAt: string;
  readonly durationMs: number | null;
  readonly host: string;
  readonly servedRegion: string | null;
  readonly progress: string;
  readonly status: number | null;
  readonly verdict: string;
  readonly basis: string;
  readonly reasons: readonly string[];
  readonly evidence: unknown;
  readonly claims: unknown;
  readonly simulated: boolean;
};

const columns: readonly BatchColumn<AttemptRow>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "started_at", type: "timestamptz", value: (row) => row.startedAt },
  { name: "call_id", type: "uuid", value: (row) => row.callId },
  { name: "no", type: "integer", value: (row) => row.no },
  { name: "dialled_at", type: "timestamptz", value: (row) => row.dialledAt },
  { name: "duration_ms", type: "integer", value: (row) => row.durationMs },
  { name: "host", type: "text", value: (row) => row.host },
  { name: "served_region", type: "text", value: (row) => row.servedRegion },
  { name: "progress", type: "text", value: (row) => row.progress },
  { name: "status", type: "integer", value: (row) => row.status },
  { name: "verdict", type: "text", value: (row) => row.verdict },
  { name: "basis", type: "text", value: (row) => row.basis },
  { name: "reasons", type: "text[]", value: (row) => row.reasons },
  { name: "evidence", type: "jsonb", value: (row) => row.evidence },
  { name: "claims", type: "jsonb", value: (row) => row.claims },
  { name: "simulated", type: "boolean", value: (row) => row.simulated },
];

/** Read by getCall: the dials of the calls of one recording. */
export async function insertAttempts(sql: SqlTransaction, rows: readonly AttemptRow[]): Promise<void> {
  await insertOfTenant(sql, "attempt", columns, rows, { how: "prepared" });
}

export type AttemptReadRow = Omit<AttemptRow, "startedAt" | "dialledAt"> & { readonly dialledAt: Date };

/** Read by getCall: the dials of one call in order. */
export async function listAttempts(
  sql: SqlTransaction,
  tenantId: string,
  startedAt: Date,
  callId: string,
): Promise<AttemptReadRow[]> {
  return sql.query(
    `SELECT tenant_id AS "tenantId", call_id AS "callId", no, dialled_at AS "dialledAt", duration_ms AS "durationMs",
            host, served_region AS "servedRegion", progress, status, verdict, basis, reasons, evidence, claims, simulated
       FROM attempt WHERE tenant_id = $1 AND started_at = $2 AND call_id = $3 ORDER BY no`,
    [tenantId, startedAt, callId],
  );
}
