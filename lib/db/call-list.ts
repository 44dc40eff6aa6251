import { type CallFilter, callCondition, filterValues } from "./call-filter.ts";
import { byTenant } from "./spread.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** A call as lists show it. */
export type CallListRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly seq: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly applicationId: string;
  readonly operation: string;
  readonly modelRequested: string | null;
  readonly modelAnswered: string | null;
  readonly host: string | null;
  readonly servedRegion: string | null;
  readonly intendedRegion: string | null;
  readonly status: number | null;
  readonly callEnd: string;
  readonly verdict: string;
  readonly band: string | null;
  readonly reasons: string[];
  readonly basis: string;
  readonly source: string;
  readonly retrospective: boolean;
  readonly simulated: boolean;
};

/** Of `call c`, as a `CallListRow`. */
export const callListColumns = `c.tenant_id AS "tenantId", c.id, c.seq, c.started_at AS "startedAt", c.ended_at AS "endedAt",
  c.application_id AS "applicationId", c.operation, c.model_requested AS "modelRequested",
  c.model_answered AS "modelAnswered", c.host, c.served_region AS "servedRegion", c.intended_region AS "intendedRegion",
  c.status, c.call_end AS "callEnd", c.verdict, c.band, c.reasons, c.basis, c.source,
  coalesce((c.reported ->> 'retrospective')::boolean, false) AS retrospective, c.simulated`;

/** A place in the list: everything below it is older. */
export type CallPosition = { readonly startedAt: Date; readonly id: string };

/** Read by listCalls: the newest matching calls below a position, recorded up to a number, within stretches of time. */
export async function scanCalls(
  sql: SqlTransaction,
  query: {
    heads: readonly { tenantId: string; seq: number }[];
    stretches: readonly { from: Date; to: Date }[];
    below: CallPosition | null;
    filter: CallFilter;
    limit: number;
  },
): Promise<CallListRow[]> {
  const { heads, stretches, below, filter, limit } = query;
  const rows = await byTenant(sql, heads, (some, pinned) =>
    sql.query<CallListRow>(
      `SELECT c.* FROM unnest($1::uuid[], $9::bigint[]) AS tenant (id, seq)
       CROSS JOIN unnest($2::timestamptz[], $3::timestamptz[]) AS stretch (from_at, to_at)
       CROSS JOIN LATERAL (
         SELECT ${callListColumns} FROM call c
          WHERE c.tenant_id = tenant.id AND ${pinned("c.tenant_id")} AND c.started_at >= stretch.from_at AND c.started_at < stretch.to_at
            AND c.started_at >= $7 AND c.started_at < $8 AND c.seq <= tenant.seq
            AND ($4::timestamptz IS NULL OR (c.started_at, c.id) < ($4::timestamptz, $5::uuid))
            AND ${callCondition(10)}
          ORDER BY c.started_at DESC, c.id DESC LIMIT $6) c
      ORDER BY c."startedAt" DESC, c.id DESC LIMIT $6`,
      [
        some.map(({ tenantId }) => tenantId),
        stretches.map(({ from }) => from),
        stretches.map(({ to }) => to),
        below?.startedAt ?? null,
        below?.id ?? null,
        limit,
        new Date(Math.min(...stretches.map(({ from }) => from.getTime()))),
        new Date(Math.max(...stretches.map(({ to }) => to.getTime()))),
        some.map(({ seq }) => seq),
        ...filterValues(filter),
      ],
    ),
  );
  return newestFirst(rows).slice(0, limit);
}

/** Rows of several answers, each in this order already. */
export function newestFirst<Row extends CallPosition>(rows: readonly Row[]): Row[] {
  return rows.toSorted(
    (a, b) => b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0),
  );
}

/** Read by getOverview: the newest calls of one verdict, through `call_verdict_idx`. */
export async function newestOfVerdict(
  sql: SqlTransaction,
  query: {
    tenantIds: readonly string[];
    verdict: string;
    window: { from: Date; to: Date };
    applicationIds: readonly string[] | null;
    limit: number;
  },
): Promise<CallListRow[]> {
  const { tenantIds, verdict, window, applicationIds, limit } = query;
  return sql.query<CallListRow>(
    `SELECT c.* FROM recording_head AS tenant
       CROSS JOIN LATERAL (
         SELECT ${callListColumns} FROM call c
          WHERE c.tenant_id = tenant.tenant_id AND c.verdict = $2 AND c.started_at >= $3 AND c.started_at < $4
            AND ($6::uuid[] IS NULL OR c.application_id = ANY($6))
          ORDER BY c.started_at DESC, c.id DESC LIMIT $5) c
      WHERE tenant.tenant_id = ANY($1::uuid[])
      ORDER BY c."startedAt" DESC, c.id DESC LIMIT $5`,
    [tenantIds, verdict, window.from, window.to, limit, applicationIds],
  );
}

/** Read by listNewCalls: what was recorded after a number, in the order of recording, through `call_seq_idx`. */
export async function callsAfter(
  sql: SqlTransaction,
  query: {
    after: readonly { tenantId: string; seq: number }[];
    since: Date;
    filter: CallFilter;
    limitPerTenant: number;
  },
): Promise<(CallListRow & { matches: boolean })[]> {
  const rows = await byTenant(sql, query.after, (some, pinned) =>
    sql.query<Recorded>(
      `SELECT c.* FROM unnest($1::uuid[], $2::bigint[]) AS head (tenant_id, seq)
       CROSS JOIN LATERAL (
         SELECT ${callListColumns}, (${callCondition(5)}) AS matches, c.recorded_at AS "recordedAt" FROM call c
          WHERE c.tenant_id = head.tenant_id AND ${pinned("c.tenant_id")} AND c.seq > head.seq AND c.started_at >= $3
          ORDER BY c.seq LIMIT $4) c
      ORDER BY c."recordedAt", c."tenantId", c.seq`,
      [
        some.map(({ tenantId }) => tenantId),
        some.map(({ seq }) => seq),
        query.since,
        query.limitPerTenant,
        ...filterValues(query.filter),
      ],
    ),
  );
  return rows.toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
}

type Recorded = CallListRow & { readonly matches: boolean; readonly recordedAt: Date };

/** Read by findFirstCall: the first call of these applications recorded after a number, through `call_seq_idx`. */
export async function firstCallAfter(
  sql: SqlTransaction,
  query: { tenantId: string; after: number; applicationIds: readonly string[] },
): Promise<CallListRow | null> {
  const [row] = await sql.query<CallListRow>(
    `SELECT ${callListColumns} FROM call c
      WHERE c.tenant_id = $1 AND c.seq > $2 AND c.application_id = ANY($3::uuid[])
      ORDER BY c.seq LIMIT 1`,
    [query.tenantId, query.after, query.applicationIds],
  );
  return row ?? null;
}

/** Read by listCalls, listNewCalls and findFirstCall: where recording stands. */
export async function recordingHeads(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<{ tenantId: string; seq: number }[]> {
  return sql.query(
    `SELECT tenant_id AS "tenantId", seq FROM recording_head WHERE tenant_id = ANY($1::uuid[]) ORDER BY tenant_id`,
    [tenantIds],
  );
}
