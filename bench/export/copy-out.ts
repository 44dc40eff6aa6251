import { createHash } from "node:crypto";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { callColumns } from "../../lib/services/exports/exported-call.ts";

export type CopyQuestion = { readonly tenantId: string; readonly from: string; readonly to: string };

/** Each column of the file, as the database has it. */
const columns: Readonly<Record<(typeof callColumns)[number], string>> = {
  id: "c.id",
  tenant: "t.slug",
  startedAt: "c.started_at",
  durationMs: "extract(epoch FROM c.ended_at - c.started_at) * 1000",
  application: "a.name",
  environment: "a.environment",
  dataCategory: "a.data_category",
  operation: "c.operation",
  modelRequested: "c.model_requested",
  modelAnswered: "c.model_answered",
  host: "c.host",
  servedRegion: "c.served_region",
  intendedRegion: "c.intended_region",
  status: "c.status",
  end: "c.call_end",
  verdict: "c.verdict",
  band: "c.band",
  reasons: "array_to_string(c.reasons, ' ')",
  basis: "c.basis",
  source: "c.source",
  retrospective: "coalesce((c.reported ->> 'retrospective')::boolean, false)",
  simulated: "c.simulated",
  inputTokens: "c.input_tokens",
  outputTokens: "c.output_tokens",
  requestBytes: "c.request_bytes",
  responseBytes: "c.response_bytes",
  ttftMs: "c.ttft_ms",
  policyVersion: "c.policy_version",
  ledgerEpoch: "c.ledger_epoch",
  ledgerIndex: "c.ledger_index",
  catalogVersion: "c.catalog_version",
  judgeVersion: "c.judge_version",
  findings: "array_to_string(c.finding_ids, ' ')",
  // Nothing of the seed is accepted or restated.
  exceptions: "''",
  restatement: "''",
  restatedVerdict: "''",
  restatedBand: "''",
};

const all = Object.entries(columns)
  .map(([name, value]) => `${value} AS "${name}"`)
  .join(", ");

/**
 * One COPY of the same rows and columns as CSV, by a superuser, whom row security does not slow down. `sorted`: in the
 * order of the file; without, as fast as the server gives them.
 */
export async function copyOut(
  sql: pg.Client,
  question: CopyQuestion,
  { sorted }: { sorted: boolean },
): Promise<{ bytes: number; ms: number }> {
  const began = performance.now();
  let bytes = 0;
  const text = `COPY (SELECT ${all} ${source(question)} ${sorted ? order : ""}) TO STDOUT (FORMAT csv, HEADER)`;
  for await (const piece of sql.query(copyTo(text))) bytes += (piece as Buffer).length;
  return { bytes, ms: performance.now() - began };
}

/** Of the ids in the file's order, one a line. */
export async function digestOfIds(sql: pg.Client, question: CopyQuestion): Promise<string> {
  const hash = createHash("sha256");
  const text = `COPY (SELECT c.id ${source(question)} ${order}) TO STDOUT`;
  for await (const piece of sql.query(copyTo(text))) hash.update(piece as Buffer);
  return hash.digest("hex");
}

const order = "ORDER BY c.started_at DESC, c.id DESC";

/** COPY takes no parameters: what stands here is the measurement's own. */
const source = ({ tenantId, from, to }: CopyQuestion) =>
  `FROM call c JOIN tenant t ON t.id = c.tenant_id JOIN application a ON a.tenant_id = c.tenant_id AND a.id = c.application_id
    WHERE c.tenant_id = '${tenantId}' AND c.started_at >= '${from}' AND c.started_at < '${to}'`;
