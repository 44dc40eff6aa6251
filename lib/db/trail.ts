import type { TrailGroup } from "../contracts/trail.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type TrailPosition = { readonly at: Date; readonly id: string };

export type TrailRow = TrailPosition & {
  readonly log: "tenant" | "deployment";
  readonly actor: "person" | "gateway" | "system";
  readonly actorId: string;
  readonly actorName: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  readonly ledgerEpoch: number | null;
  readonly ledgerIndex: number | null;
};

export type TrailQuery = {
  readonly tenantId: string;
  readonly group: TrailGroup;
  readonly who: string | null;
  /** People whose sign-ins are shown. */
  readonly memberIds: readonly string[];
  readonly below: TrailPosition | null;
  readonly limit: number;
};

const columns = `at, id, actor, actor_id AS "actorId", actor_name AS "actorName", kind, subject, detail,
  ledger_epoch AS "ledgerEpoch", ledger_index::float8 AS "ledgerIndex"`;

const ofGroup: Readonly<Record<TrailGroup, string>> = {
  all: "true",
  changes: "kind NOT LIKE 'evidence.%' AND kind <> 'report.exported'",
  views: "kind = 'evidence.viewed'",
  exports: "kind IN ('evidence.exported', 'report.exported')",
  sign_ins: "false",
};

/** Read by listTrail: a tenant's events and its members' sign-ins, newest first, below a place. */
export async function listTrailRows(sql: SqlTransaction, query: TrailQuery): Promise<TrailRow[]> {
  const { group } = query;
  const place = "($3::timestamptz IS NULL OR (at, id) < ($3::timestamptz, $4::uuid))";
  const own = `(SELECT 'tenant' AS log, ${columns} FROM audit_event
      WHERE tenant_id = $1::uuid AND ${ofGroup[group]} AND ${place} AND ($2::text IS NULL OR actor_id = $2::text)
      ORDER BY at DESC, id DESC LIMIT $5::int)`;
  const signIns = `(SELECT 'deployment' AS log, ${columns} FROM system_event
      WHERE kind LIKE 'session.%' AND detail ->> 'personId' = ANY($6::text[]) AND ${group === "all" || group === "sign_ins"}
        AND ${place} AND ($2::text IS NULL OR detail ->> 'personId' = $2::text) ORDER BY at DESC, id DESC LIMIT $5::int)`;
  return sql.query<TrailRow>(
    `SELECT * FROM (${own} UNION ALL ${signIns}) joined ORDER BY at DESC, id DESC LIMIT $5::int`,
    [
      query.tenantId,
      query.who,
      query.below?.at ?? null,
      query.below?.id ?? null,
      query.limit,
      query.memberIds,
    ],
  );
}

/** Read by listTrail: below which index the bytes of each epoch have expired. */
export async function expiredBelow(sql: SqlTransaction, tenantId: string): Promise<Map<number, number>> {
  const rows = await sql.query<{ epoch: number; below: number }>(
    "SELECT epoch, max(to_index)::float8 AS below FROM ledger_prune WHERE tenant_id = $1::uuid GROUP BY epoch",
    [tenantId],
  );
  return new Map(rows.map(({ epoch, below }) => [epoch, below]));
}
