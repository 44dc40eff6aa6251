import type { ReportMark } from "../core/calls/call-record.ts";
import { type CallListRow, callListColumns } from "./call-list.ts";
import { claimsOf } from "./claim-set.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type CallDetailRow = CallListRow & {
  readonly keyName: string | null;
  readonly target: string;
  readonly policyVersion: number | null;
  readonly catalogVersion: number;
  readonly judgeVersion: number;
  readonly pin: unknown;
  readonly facts: unknown;
  readonly claims: unknown;
  readonly causes: readonly string[];
  readonly findingIds: readonly string[];
  readonly wouldBlock: unknown;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly ttftMs: number | null;
  readonly clientRequestId: string | null;
  readonly finishReason: string | null;
  readonly gap: "spooled" | null;
  readonly reported: ReportMark | null;
};

/** Read by getCall: one call of one of these tenants, by the time its id holds and the id. */
export async function findCall(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  startedAt: Date,
  id: string,
): Promise<CallDetailRow | null> {
  const [row] = await sql.query<Omit<CallDetailRow, "keyName"> & { keyId: string | null }>(
    `SELECT ${callListColumns}, c.key_id AS "keyId", c.target, c.policy_version AS "policyVersion",
            c.catalog_version AS "catalogVersion", c.judge_version AS "judgeVersion", c.pin, c.facts, ${claimsOf("c")} AS claims, c.causes,
            c.finding_ids AS "findingIds", c.would_block AS "wouldBlock", c.input_tokens AS "inputTokens",
            c.output_tokens AS "outputTokens", c.request_bytes AS "requestBytes", c.response_bytes AS "responseBytes",
            c.ttft_ms AS "ttftMs", c.client_request_id AS "clientRequestId",
            c.finish_reason AS "finishReason", c.gap, c.reported
       FROM call c
      WHERE c.tenant_id = ANY($1::uuid[]) AND c.started_at = $2 AND c.id = $3`,
    [tenantIds, startedAt, id],
  );
  if (!row) return null;
  const { keyId, ...call } = row;
  // Keys lie with the coordinator, and calls perhaps elsewhere.
  const [key] = await sql.query<{ name: string }>(
    "SELECT name FROM gateway_key WHERE tenant_id = $1 AND id = $2",
    [call.tenantId, keyId],
  );
  return { ...call, keyName: key?.name ?? null };
}
