import type { BatchColumn } from "./batch-insert.ts";
import { insertOfTenant } from "./tenant-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** A call as it is stored. Times are RFC 3339 UTC. */
export type CallRow = {
  readonly tenantId: string;
  readonly startedAt: string;
  readonly id: string;
  readonly seq: number;
  readonly recordedAt: string;
  readonly endedAt: string | null;
  readonly source: string;
  readonly bootId: string | null;
  readonly intentN: number | null;
  readonly keyId: string | null;
  readonly applicationId: string;
  readonly credentialId: string | null;
  readonly target: string;
  readonly intendedRegion: string | null;
  readonly host: string | null;
  readonly servedRegion: string | null;
  readonly status: number | null;
  readonly callEnd: string;
  readonly operation: string;
  readonly modelRequested: string | null;
  readonly modelAnswered: string | null;
  readonly stream: boolean;
  readonly regionDim: string;
  readonly hostDim: string;
  readonly modelDim: string;
  readonly verdict: string;
  readonly band: string | null;
  readonly basis: string;
  readonly reasons: readonly string[];
  readonly causes: readonly string[];
  readonly claimsId: string;
  readonly findingIds: readonly string[];
  readonly policyVersion: number | null;
  readonly catalogVersion: number;
  readonly judgeVersion: number;
  readonly pin: unknown;
  readonly facts: unknown;
  readonly refusal: unknown;
  readonly wouldBlock: unknown;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly ttftMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly bodyDigest: string | null;
  readonly providerObjectId: string | null;
  readonly clientRequestId: string | null;
  readonly finishReason: string | null;
  readonly gap: string | null;
  readonly reported: unknown;
  readonly traceId: string | null;
  readonly simulated: boolean;
  readonly ledgerEpoch: number;
  readonly ledgerIndex: number;
};

const columns: readonly BatchColumn<CallRow>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "started_at", type: "timestamptz", value: (row) => row.startedAt },
  { name: "id", type: "uuid", value: (row) => row.id },
  { name: "seq", type: "bigint", value: (row) => row.seq },
  { name: "recorded_at", type: "timestamptz", value: (row) => row.recordedAt },
  { name: "ended_at", type: "timestamptz", value: (row) => row.endedAt },
  { name: "source", type: "text", value: (row) => row.source },
  { name: "boot_id", type: "uuid", value: (row) => row.bootId },
  { name: "intent_n", type: "bigint", value: (row) => row.intentN },
  { name: "key_id", type: "uuid", value: (row) => row.keyId },
  { name: "application_id", type: "uuid", value: (row) => row.applicationId },
  { name: "credential_id", type: "uuid", value: (row) => row.credentialId },
  { name: "target", type: "text", value: (row) => row.target },
  { name: "intended_region", type: "text", value: (row) => row.intendedRegion },
  { name: "host", type: "text", value: (row) => row.host },
  { name: "served_region", type: "text", value: (row) => row.servedRegion },
  { name: "status", type: "integer", value: (row) => row.status },
  { name: "call_end", type: "text", value: (row) => row.callEnd },
  { name: "operation", type: "text", value: (row) => row.operation },
  { name: "model_requested", type: "text", value: (row) => row.modelRequested },
  { name: "model_answered", type: "text", value: (row) => row.modelAnswered },
  { name: "stream", type: "boolean", value: (row) => row.stream },
  { name: "region_dim", type: "text", value: (row) => row.regionDim },
  { name: "host_dim", type: "text", value: (row) => row.hostDim },
  { name: "model_dim", type: "text", value: (row) => row.modelDim },
  { name: "verdict", type: "text", value: (row) => row.verdict },
  { name: "band", type: "text", value: (row) => row.band },
  { name: "basis", type: "text", value: (row) => row.basis },
  { name: "reasons", type: "text[]", value: (row) => row.reasons },
  { name: "causes", type: "text[]", value: (row) => row.causes },
  { name: "claims_id", type: "uuid", value: (row) => row.claimsId },
  { name: "finding_ids", type: "uuid[]", value: (row) => row.findingIds },
  { name: "policy_version", type: "integer", value: (row) => row.policyVersion },
  { name: "catalog_version", type: "integer", value: (row) => row.catalogVersion },
  { name: "judge_version", type: "integer", value: (row) => row.judgeVersion },
  { name: "pin", type: "jsonb", value: (row) => row.pin },
  { name: "facts", type: "jsonb", value: (row) => row.facts },
  { name: "refusal", type: "jsonb", value: (row) => row.refusal },
  { name: "would_block", type: "jsonb", value: (row) => row.wouldBlock },
  { name: "input_tokens", type: "integer", value: (row) => row.inputTokens },
  { name: "output_tokens", type: "integer", value: (row) => row.outputTokens },
  { name: "cached_tokens", type: "integer", value: (row) => row.cachedTokens },
  { name: "reasoning_tokens", type: "integer", value: (row) => row.reasoningTokens },
  { name: "ttft_ms", type: "integer", value: (row) => row.ttftMs },
  { name: "request_bytes", type: "bigint", value: (row) => row.requestBytes },
  { name: "response_bytes", type: "bigint", value: (row) => row.responseBytes },
  { name: "body_digest", type: "text", value: (row) => row.bodyDigest },
  { name: "provider_object_id", type: "text", value: (row) => row.providerObjectId },
  { name: "client_request_id", type: "text", value: (row) => row.clientRequestId },
  { name: "finish_reason", type: "text", value: (row) => row.finishReason },
  { name: "gap", type: "text", value: (row) => row.gap },
  { name: "reported", type: "jsonb", value: (row) => row.reported },
  { name: "trace_id", type: "text", value: (row) => row.traceId },
  { name: "simulated", type: "boolean", value: (row) => row.simulated },
  { name: "ledger_epoch", type: "integer", value: (row) => row.ledgerEpoch },
  { name: "ledger_index", type: "bigint", value: (row) => row.ledgerIndex },
];

/** Read by every list and detail of calls: the calls of one recording. */
export async function insertCalls(sql: SqlTransaction, rows: readonly CallRow[]): Promise<void> {
  await insertOfTenant(sql, "call", columns, rows, { how: "prepared" });
}

/** Read by recordCalls: which of these are recorded already, and how they ended. */
export async function findRecorded(
  sql: SqlTransaction,
  tenantId: string,
  calls: readonly { id: string; startedAt: string }[],
): Promise<Map<string, string>> {
  const times = calls.map((call) => call.startedAt).sort();
  const rows = await sql.query<{ id: string; callEnd: string }>(
    `SELECT c.id, c.call_end AS "callEnd"
       FROM unnest($2::timestamptz[], $3::uuid[]) AS wanted (started_at, id)
       JOIN call c ON c.tenant_id = $1 AND c.started_at = wanted.started_at AND c.id = wanted.id
      WHERE c.started_at BETWEEN $4 AND $5`,
    [tenantId, calls.map((call) => call.startedAt), calls.map((call) => call.id), times[0], times.at(-1)],
  );
  return new Map(rows.map((row) => [row.id, row.callEnd]));
}
