import type { UsageKind } from "../core/accounts/usage-kind.ts";
import { type BatchColumn, batchInsert } from "./batch-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What the provider counted of a project in one UTC hour. */
export type ProviderUsageRow = {
  readonly tenantId: string;
  readonly projectId: string;
  readonly hour: string;
  readonly kind: UsageKind;
  /** Empty: it named none. */
  readonly model: string;
  readonly batch: boolean;
  readonly requests: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly readAt: string;
};

const columns: readonly BatchColumn<ProviderUsageRow>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "project_id", type: "text", value: (row) => row.projectId },
  { name: "hour", type: "timestamptz", value: (row) => row.hour },
  { name: "kind", type: "text", value: (row) => row.kind },
  { name: "model", type: "text", value: (row) => row.model },
  { name: "batch", type: "boolean", value: (row) => row.batch },
  { name: "requests", type: "bigint", value: (row) => row.requests },
  { name: "input_tokens", type: "bigint", value: (row) => row.inputTokens },
  { name: "output_tokens", type: "bigint", value: (row) => row.outputTokens },
  { name: "read_at", type: "timestamptz", value: (row) => row.readAt },
];

/** Read by compareDays: what was read of some hours, in the place of what was read of them before. */
export async function putProviderUsage(
  sql: SqlTransaction,
  tenantId: string,
  of: {
    readonly projectIds: readonly string[];
    readonly kind: UsageKind;
    readonly from: Date;
    readonly to: Date;
  },
  rows: readonly ProviderUsageRow[],
): Promise<void> {
  await sql.query(
    `DELETE FROM provider_usage
      WHERE tenant_id = $1::uuid AND project_id = ANY($2::text[]) AND kind = $3 AND hour >= $4 AND hour < $5`,
    [tenantId, of.projectIds, of.kind, of.from, of.to],
  );
  if (rows.length === 0) return;
  const { text, values } = batchInsert("provider_usage", columns, rows);
  await sql.query(text, values);
}

/** Read by readUsage: up to when an account was read as a whole, at first when it was given; null: there is no such account. */
export async function readUntil(
  sql: SqlTransaction,
  tenantId: string,
  accountId: string,
): Promise<Date | null> {
  const [row] = await sql.query<{ until: Date }>(
    `SELECT coalesce(read_until, created_at) AS until FROM provider_account WHERE tenant_id = $1 AND id = $2`,
    [tenantId, accountId],
  );
  return row?.until ?? null;
}

export type CountedUsage = {
  readonly projectId: string;
  readonly kind: UsageKind;
  readonly requests: number;
  readonly batchRequests: number;
};

/** Read by compareDays: what the provider counted of some projects in a span, with and without batches. */
export async function countedUsage(
  sql: SqlTransaction,
  tenantId: string,
  projectIds: readonly string[],
  from: Date,
  to: Date,
): Promise<CountedUsage[]> {
  return sql.query<CountedUsage>(
    `SELECT project_id AS "projectId", kind, coalesce(sum(requests) FILTER (WHERE NOT batch), 0)::bigint AS requests,
            coalesce(sum(requests) FILTER (WHERE batch), 0)::bigint AS "batchRequests"
       FROM provider_usage
      WHERE tenant_id = $1 AND project_id = ANY($2::text[]) AND hour >= $3 AND hour < $4 GROUP BY 1, 2`,
    [tenantId, projectIds, from, to],
  );
}
