import { type CallFilter, callCondition, filterValues } from "./call-filter.ts";
import { type CallListRow, type CallPosition, callListColumns, newestFirst } from "./call-list.ts";
import { byTenant } from "./spread.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** A call as a file has it. */
export type CallExportRow = CallListRow & {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly ttftMs: number | null;
  readonly policyVersion: number | null;
  readonly ledgerEpoch: number | null;
  readonly ledgerIndex: number | null;
  readonly catalogVersion: number;
  readonly judgeVersion: number;
  readonly findingIds: readonly string[];
};

/**
 * Which calls: recorded up to a number, so that pages read one after the other are of one moment. What was recorded up to
 * `listed` began before `listedTo`; what a tail let in after that may have begun later.
 */
export type ExportQuestion = {
  readonly heads: readonly { readonly tenantId: string; readonly seq: number; readonly listed: number }[];
  readonly listedTo: Date;
  readonly span: { readonly from: Date; readonly to: Date };
  readonly filter: CallFilter;
};

const from = "unnest($1::uuid[], $2::bigint[], $5::bigint[]) AS head (tenant_id, seq, listed)";
const of = `c.tenant_id = head.tenant_id AND c.seq <= head.seq AND c.started_at >= $3 AND c.started_at < $4
            AND (c.seq > head.listed OR c.started_at < $6)`;

function valuesOf({ heads, span, listedTo }: ExportQuestion, to: Date): unknown[] {
  const [tenants, seqs] = [heads.map(({ tenantId }) => tenantId), heads.map(({ seq }) => seq)];
  return [tenants, seqs, span.from, to, heads.map(({ listed }) => listed), listedTo];
}

/** Read by exportCalls: how many rows the file will have. */
export async function countToExport(sql: SqlTransaction, question: ExportQuestion): Promise<number> {
  const rows = await byTenant(sql, question.heads, (heads, pinned) =>
    sql.query<{ calls: number }>(
      `SELECT coalesce(sum(n.calls), 0)::bigint AS calls FROM ${from}
       CROSS JOIN LATERAL (SELECT count(*) AS calls FROM call c WHERE ${of} AND ${pinned("c.tenant_id")} AND ${callCondition(7)}) n`,
      [...valuesOf({ ...question, heads }, question.span.to), ...filterValues(question.filter)],
    ),
  );
  return rows.reduce((sum, { calls }) => sum + calls, 0);
}

/** Read by exportCalls: the next calls below a position, newest first. */
export async function callsToExport(
  sql: SqlTransaction,
  question: ExportQuestion,
  below: CallPosition | null,
  limit: number,
): Promise<CallExportRow[]> {
  // The bound keeps the plan within the months that are left; within its millisecond the position decides.
  const { to } = question.span;
  const end = below === null ? to : new Date(Math.min(to.getTime(), below.startedAt.getTime() + 1));
  const rows = await byTenant(sql, question.heads, (heads, pinned) =>
    sql.query<CallExportRow>(
      `SELECT c.* FROM ${from}
       CROSS JOIN LATERAL (
         SELECT ${callListColumns}, c.input_tokens AS "inputTokens", c.output_tokens AS "outputTokens",
                c.request_bytes AS "requestBytes", c.response_bytes AS "responseBytes", c.ttft_ms AS "ttftMs",
                c.policy_version AS "policyVersion", c.ledger_epoch AS "ledgerEpoch", c.ledger_index AS "ledgerIndex",
                c.catalog_version AS "catalogVersion", c.judge_version AS "judgeVersion", c.finding_ids AS "findingIds"
           FROM call c
          WHERE ${of} AND ${pinned("c.tenant_id")} AND ($7::timestamptz IS NULL OR (c.started_at, c.id) < ($7::timestamptz, $8::uuid)) AND ${callCondition(10)}
          ORDER BY c.started_at DESC, c.id DESC LIMIT $9) c
      ORDER BY c."startedAt" DESC, c.id DESC LIMIT $9`,
      [
        ...valuesOf({ ...question, heads }, end),
        below?.startedAt ?? null,
        below?.id ?? null,
        limit,
        ...filterValues(question.filter),
      ],
    ),
  );
  return newestFirst(rows).slice(0, limit);
}
