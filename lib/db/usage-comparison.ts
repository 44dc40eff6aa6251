import type { RecordedUsage, UsageState } from "../core/accounts/compare-usage.ts";
import type { UsageKind } from "../core/accounts/usage-kind.ts";
import { type BatchColumn, batchInsert } from "./batch-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** One kind of usage of a project on a UTC day (`2026-11-27`), as the provider counted it beside the record. */
export type Compared = RecordedUsage & {
  readonly projectId: string;
  readonly day: string;
  readonly kind: UsageKind;
  readonly providerRequests: number;
  readonly batchRequests: number;
  readonly state: UsageState;
  readonly missing: number;
};

/** Its entry in the tenant's log. */
export type SettledAt = { readonly at: Date; readonly epoch: number; readonly index: number };

export type NewComparison = Compared & {
  readonly tenantId: string;
  readonly comparedAt: Date;
  /** null: it is provisional. */
  readonly settled: SettledAt | null;
};

const columns: readonly BatchColumn<NewComparison>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "project_id", type: "text", value: (row) => row.projectId },
  { name: "day", type: "date", value: (row) => row.day },
  { name: "kind", type: "text", value: (row) => row.kind },
  { name: "provider_requests", type: "bigint", value: (row) => row.providerRequests },
  { name: "batch_requests", type: "bigint", value: (row) => row.batchRequests },
  { name: "sent_calls", type: "bigint", value: (row) => row.sent },
  { name: "accepted_calls", type: "bigint", value: (row) => row.accepted },
  { name: "reported_calls", type: "bigint", value: (row) => row.reported },
  { name: "edge_calls", type: "bigint", value: (row) => row.edge },
  { name: "own_edge_calls", type: "bigint", value: (row) => row.ownEdge },
  { name: "unnamed_calls", type: "bigint", value: (row) => row.unnamed },
  { name: "elsewhere_calls", type: "bigint", value: (row) => row.elsewhere },
  { name: "open_calls", type: "bigint", value: (row) => row.open },
  { name: "state", type: "text", value: (row) => row.state },
  { name: "missing", type: "bigint", value: (row) => row.missing },
  { name: "compared_at", type: "timestamptz", value: (row) => row.comparedAt.toISOString() },
  { name: "settled_at", type: "timestamptz", value: (row) => row.settled?.at.toISOString() ?? null },
  { name: "ledger_epoch", type: "integer", value: (row) => row.settled?.epoch ?? null },
  { name: "ledger_index", type: "bigint", value: (row) => row.settled?.index ?? null },
];

const key: readonly string[] = ["tenant_id", "project_id", "day", "kind"];
const counted = columns.map(({ name }) => name).filter((name) => !key.includes(name));

const unlessSettled = ` ON CONFLICT (${key.join(", ")}) DO UPDATE
  SET ${counted.map((name) => `${name} = excluded.${name}`).join(", ")} WHERE usage_comparison.settled_at IS NULL`;

/** Read by getCoverage and by reports: days as they stand now. One that is settled stays as it is. */
export async function putComparisons(sql: SqlTransaction, rows: readonly NewComparison[]): Promise<void> {
  if (rows.length === 0) return;
  const { text, values } = batchInsert("usage_comparison", columns, rows, unlessSettled);
  await sql.query(text, values);
}

/** How a kind of usage of a project was compared last. */
export type StandingComparison = Pick<
  Compared,
  "projectId" | "kind" | "providerRequests" | "batchRequests"
> & {
  readonly comparedAt: Date;
  readonly isSettled: boolean;
};

/** Read by compareDays: what of a day was compared already. */
export async function comparisonsOfDay(
  sql: SqlTransaction,
  tenantId: string,
  day: string,
): Promise<StandingComparison[]> {
  return sql.query<StandingComparison>(
    `SELECT project_id AS "projectId", kind, provider_requests AS "providerRequests", batch_requests AS "batchRequests",
            compared_at AS "comparedAt", settled_at IS NOT NULL AS "isSettled"
       FROM usage_comparison WHERE tenant_id = $1 AND day = $2::date`,
    [tenantId, day],
  );
}

export type ComparisonRow = Compared & {
  readonly tenantId: string;
  readonly comparedAt: Date;
  readonly settledAt: Date | null;
};

const numbers = `provider_requests AS "providerRequests", batch_requests AS "batchRequests", sent_calls AS sent,
  accepted_calls AS accepted, reported_calls AS reported, edge_calls AS edge, own_edge_calls AS "ownEdge",
  unnamed_calls AS unnamed, elsewhere_calls AS elsewhere, open_calls AS open`;

/** Read by getCoverage: every comparison of some tenants' days, newest first; `to` is exclusive. */
export async function comparisonsOfDays(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  from: string,
  to: string,
  limit: number,
): Promise<ComparisonRow[]> {
  return sql.query<ComparisonRow>(
    `SELECT tenant_id AS "tenantId", project_id AS "projectId", to_char(day, 'YYYY-MM-DD') AS day, kind, ${numbers}, state, missing,
            compared_at AS "comparedAt", settled_at AS "settledAt"
       FROM usage_comparison WHERE tenant_id = ANY($1::uuid[]) AND day >= $2::date AND day < $3::date
      ORDER BY day DESC, tenant_id, project_id, kind LIMIT $4`,
    [tenantIds, from, to, limit],
  );
}
