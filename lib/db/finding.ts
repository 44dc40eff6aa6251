import type { FindingState } from "../core/findings/transition.ts";
import { type BatchColumn, besideHead } from "./batch-insert.ts";
import { visibleHead } from "./recording-head.ts";
import { insertOfTenant } from "./tenant-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type NewFinding = {
  readonly tenantId: string;
  readonly id: string;
  readonly groupKey: string;
  readonly cause: string;
  readonly host: string | null;
  readonly model: string | null;
  readonly applicationId: string | null;
  readonly application: string | null;
  /** The provider's project that it is about; absent: it is about none. */
  readonly projectId?: string;
  readonly basis: string;
  readonly severity: string;
  readonly state: string;
  readonly simulated: boolean;
  readonly openedAt: string;
};

const findingColumns: readonly BatchColumn<NewFinding>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "id", type: "uuid", value: (row) => row.id },
  { name: "group_key", type: "text", value: (row) => row.groupKey },
  { name: "cause", type: "text", value: (row) => row.cause },
  { name: "host", type: "text", value: (row) => row.host },
  { name: "model", type: "text", value: (row) => row.model },
  { name: "application_id", type: "uuid", value: (row) => row.applicationId },
  { name: "application", type: "text", value: (row) => row.application },
  { name: "project_id", type: "text", value: (row) => row.projectId ?? null },
  { name: "basis", type: "text", value: (row) => row.basis },
  { name: "severity", type: "text", value: (row) => row.severity },
  { name: "state", type: "text", value: (row) => row.state },
  { name: "simulated", type: "boolean", value: (row) => row.simulated },
  { name: "opened_at", type: "timestamptz", value: (row) => row.openedAt },
];

/** Read by listFindings: cases that a recording opened. */
export async function insertFindings(sql: SqlTransaction, rows: readonly NewFinding[]): Promise<void> {
  await insertOfTenant(sql, "finding", findingColumns, rows);
}

export type KnownFinding = {
  readonly id: string;
  readonly groupKey: string;
  readonly state: FindingState;
  readonly resolvedAt: Date | null;
};

/** Read by raiseFindings: the cases that calls of this recording belong to. */
export async function findingsByKey(
  sql: SqlTransaction,
  tenantId: string,
  keys: readonly string[],
): Promise<KnownFinding[]> {
  return sql.query<KnownFinding>(
    `SELECT id, group_key AS "groupKey", state, resolved_at AS "resolvedAt"
       FROM finding WHERE tenant_id = $1 AND group_key = ANY($2::text[])`,
    [tenantId, keys],
    "prepared",
  );
}

/** Read by listFindings: cases that a new call opened again. */
export async function reopenFindings(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `UPDATE finding SET state = 'open', resolution = NULL, resolved_at = NULL
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])`,
    [tenantId, ids],
  );
}

/** Read by listFindings: cases that a job of our own saw come to their end. */
export async function resolveFindings(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
  resolution: string,
  at: string,
): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `UPDATE finding SET state = 'resolved', resolution = $3, resolved_at = $4
      WHERE tenant_id = $1 AND id = ANY($2::uuid[])`,
    [tenantId, ids, resolution, at],
  );
}

export type FindingCount = {
  readonly findingId: string;
  readonly calls: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
};

/** Read by listFindings: how many calls, since when, until when. */
export async function addToCounters(
  sql: SqlTransaction,
  tenantId: string,
  counts: readonly FindingCount[],
): Promise<void> {
  if (counts.length === 0) return;
  const head = await visibleHead(sql, tenantId);
  await sql.query(
    `INSERT INTO finding_counter (tenant_id, finding_id, calls, first_seen_at, last_seen_at)
     SELECT head.tenant_id, batch.* FROM ${besideHead(head, "unnest($2::uuid[], $3::bigint[], $4::timestamptz[], $5::timestamptz[]) AS batch")}
      WHERE head.tenant_id = $1::uuid
     ON CONFLICT (tenant_id, finding_id) DO UPDATE SET calls = finding_counter.calls + excluded.calls,
       first_seen_at = least(finding_counter.first_seen_at, excluded.first_seen_at),
       last_seen_at = greatest(finding_counter.last_seen_at, excluded.last_seen_at)`,
    [
      tenantId,
      counts.map((count) => count.findingId),
      counts.map((count) => count.calls),
      counts.map((count) => count.firstSeenAt),
      counts.map((count) => count.lastSeenAt),
    ],
    "prepared",
  );
}

export type NewFindingEvent = {
  readonly tenantId: string;
  readonly findingId: string;
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly note: string | null;
  readonly resolution: string | null;
  readonly daysClean: number | null;
};

/** Read by raiseRecordFinding: the newest note of a case that somebody wrote and that begins so; null: there is none. */
export async function lastNoteAbout(
  sql: SqlTransaction,
  tenantId: string,
  {
    findingId,
    actor,
    beginning,
  }: { readonly findingId: string; readonly actor: string; readonly beginning: string },
): Promise<string | null> {
  const [row] = await sql.query<{ note: string }>(
    `SELECT note FROM finding_event
      WHERE tenant_id = $1::uuid AND finding_id = $2::uuid AND actor = $3 AND starts_with(note, $4)
      ORDER BY at DESC, id DESC LIMIT 1`,
    [tenantId, findingId, actor, beginning],
  );
  return row?.note ?? null;
}

const eventColumns: readonly BatchColumn<NewFindingEvent>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "finding_id", type: "uuid", value: (row) => row.findingId },
  { name: "id", type: "uuid", value: (row) => row.id },
  { name: "at", type: "timestamptz", value: (row) => row.at },
  { name: "actor", type: "text", value: (row) => row.actor },
  { name: "kind", type: "text", value: (row) => row.kind },
  { name: "note", type: "text", value: (row) => row.note },
  { name: "resolution", type: "text", value: (row) => row.resolution },
  { name: "days_clean", type: "integer", value: (row) => row.daysClean },
];

/** Read by watchAcceptances: when a job of our own last said something in a case's history. */
export async function lastToldAt(
  sql: SqlTransaction,
  tenantId: string,
  findingId: string,
): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date | null }>(
    "SELECT max(at) AS at FROM finding_event WHERE tenant_id = $1 AND finding_id = $2 AND actor = 'Domicile'",
    [tenantId, findingId],
  );
  return row?.at ?? null;
}

/** Read by getFinding: what happened to a case. */
export async function insertFindingEvents(
  sql: SqlTransaction,
  rows: readonly NewFindingEvent[],
): Promise<void> {
  await insertOfTenant(sql, "finding_event", eventColumns, rows);
}
