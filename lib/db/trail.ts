import type { TrailGroup } from "../contracts/trail.ts";
import type { RecordedEvent } from "./audit-event.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type TrailPosition = { readonly at: Date; readonly id: string };

export type TrailRow = RecordedEvent & {
  readonly log: "tenant" | "deployment";
  readonly ledgerEpoch: number | null;
  readonly ledgerIndex: number | null;
};

export type TrailQuery = {
  readonly tenantId: string;
  readonly group: TrailGroup;
  readonly who: string | null;
  /** Whose sign-ins, and changes of whose account, are shown: those of the time in which they were members. */
  readonly members: readonly {
    readonly personId: string;
    readonly since: Date;
    readonly endedAt: Date | null;
  }[];
  /** [from, to); null: no bound. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly below: TrailPosition | null;
  readonly limit: number;
};

const columns = `at, id, actor, actor_id AS "actorId", actor_name AS "actorName", kind, subject, detail,
  ledger_epoch AS "ledgerEpoch", ledger_index::float8 AS "ledgerIndex"`;

const ofGroup: Readonly<Record<TrailGroup, string>> = {
  all: "true",
  changes: "kind NOT LIKE 'evidence.%' AND kind NOT IN ('report.exported', 'usage.compared')",
  views: "kind = 'evidence.viewed'",
  exports: "kind IN ('evidence.exported', 'report.exported')",
  comparisons: "kind = 'usage.compared'",
  sign_ins: "false",
};

/** Read by listTrail and exportTrail: a tenant's events, its members' sign-ins and changes of their accounts, newest first, below a place. */
export async function listTrailRows(sql: SqlTransaction, query: TrailQuery): Promise<TrailRow[]> {
  const { group, members } = query;
  const place = `($3::timestamptz IS NULL OR (at, id) < ($3::timestamptz, $4::uuid))
        AND ($9::timestamptz IS NULL OR at >= $9::timestamptz) AND ($10::timestamptz IS NULL OR at < $10::timestamptz)`;
  const own = `(SELECT 'tenant' AS log, ${columns} FROM audit_event
      WHERE tenant_id = $1::uuid AND ${ofGroup[group]} AND ${place} AND ($2::text IS NULL OR actor_id = $2::text)
      ORDER BY at DESC, id DESC LIMIT $5::int)`;
  const signIn = `kind LIKE 'session.%' AND ${group === "all" || group === "sign_ins"}
        AND ($2::text IS NULL OR detail ->> 'personId' = $2::text)`;
  const account = `kind LIKE 'person.%' AND ${group === "all" || group === "changes"}
        AND ($2::text IS NULL OR actor_id = $2::text)`;
  const ofMembers = `(SELECT 'deployment' AS log, ${columns} FROM system_event
      WHERE ((${signIn}) OR (${account})) AND ${place}
        AND EXISTS (SELECT FROM unnest($6::text[], $7::timestamptz[], $8::timestamptz[]) AS m(person, since, ended)
                     WHERE m.person = coalesce(detail ->> 'personId', subject) AND m.since <= at AND (m.ended IS NULL OR at < m.ended))
      ORDER BY at DESC, id DESC LIMIT $5::int)`;
  return sql.query<TrailRow>(
    `SELECT * FROM (${own} UNION ALL ${ofMembers}) joined ORDER BY at DESC, id DESC LIMIT $5::int`,
    [
      query.tenantId,
      query.who,
      query.below?.at ?? null,
      query.below?.id ?? null,
      query.limit,
      members.map(({ personId }) => personId),
      members.map(({ since }) => since),
      members.map(({ endedAt }) => endedAt),
      query.from,
      query.to,
    ],
  );
}

/** Read by listTrail: the numbers of these findings, by id. */
export async function findingNumbers(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; no: number }>(
    "SELECT id, no FROM finding WHERE tenant_id = $1::uuid AND id = ANY($2::uuid[])",
    [tenantId, ids],
  );
  return new Map(rows.map(({ id, no }) => [id, no]));
}

/** Read by listTrail and exportTrail: below which index the bytes of each epoch have expired. */
export async function expiredBelow(sql: SqlTransaction, tenantId: string): Promise<Map<number, number>> {
  const rows = await sql.query<{ epoch: number; below: number }>(
    "SELECT epoch, max(to_index)::float8 AS below FROM ledger_prune WHERE tenant_id = $1::uuid GROUP BY epoch",
    [tenantId],
  );
  return new Map(rows.map(({ epoch, below }) => [epoch, below]));
}
