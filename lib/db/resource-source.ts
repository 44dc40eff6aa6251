import { besideHead } from "./batch-insert.ts";
import { visibleHead } from "./recording-head.ts";
import type { ResourceKey } from "./resource.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** An object and one that it was made from. */
export type SourceRow = ResourceKey & { readonly sourceKind: string; readonly sourceId: string };

/** Read by getResource: what objects were made from. A pair that is known stays. */
export async function addSources(
  sql: SqlTransaction,
  tenantId: string,
  rows: readonly SourceRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const head = await visibleHead(sql, tenantId);
  await sql.query(
    `INSERT INTO resource_source (tenant_id, kind, object_id, source_kind, source_id)
     SELECT head.tenant_id, given.*
       FROM ${besideHead(head, "unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS given")}
      WHERE head.tenant_id = $1::uuid ON CONFLICT DO NOTHING`,
    [
      tenantId,
      rows.map(({ kind }) => kind),
      rows.map(({ objectId }) => objectId),
      rows.map(({ sourceKind }) => sourceKind),
      rows.map(({ sourceId }) => sourceId),
    ],
  );
}

/** `from` was made from, or made by, nothing else than the call; `to` came of `from`. */
export type LineageEdge = { readonly from: ResourceKey; readonly to: ResourceKey };

type EdgeRow = { fromKind: string; fromId: string; toKind: string; toId: string };

const edgeMax = 60;

/** Read by getResource: every step to what these were made from or by (`up`), or to what came of them (`down`). */
export async function findEdges(
  sql: SqlTransaction,
  tenantId: string,
  keys: readonly ResourceKey[],
  way: "up" | "down",
): Promise<LineageEdge[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<EdgeRow>(way === "up" ? upSql : downSql, [
    tenantId,
    keys.map(({ kind }) => kind),
    keys.map(({ objectId }) => objectId),
    edgeMax,
  ]);
  return rows.map(({ fromKind, fromId, toKind, toId }) => ({
    from: { kind: fromKind, objectId: fromId },
    to: { kind: toKind, objectId: toId },
  }));
}

const asked = "unnest($2::text[], $3::text[]) AS asked (kind, object_id)";
const columns = `"fromKind", "fromId", "toKind", "toId"`;

// The kind of a maker is not kept beside its id; ids of the provider are unique.
const upSql = `SELECT ${columns} FROM (
  SELECT s.source_kind AS "fromKind", s.source_id AS "fromId", s.kind AS "toKind", s.object_id AS "toId"
    FROM resource_source s JOIN ${asked} ON s.kind = asked.kind AND s.object_id = asked.object_id
   WHERE s.tenant_id = $1
  UNION
  SELECT m.kind, m.object_id, r.kind, r.object_id
    FROM resource r JOIN ${asked} ON r.kind = asked.kind AND r.object_id = asked.object_id
    JOIN resource m ON m.tenant_id = r.tenant_id AND m.object_id = r.made_by
     AND m.kind IN ('batch', 'fine_tuning_job', 'upload')
   WHERE r.tenant_id = $1 AND r.made_by IS NOT NULL) steps
  ORDER BY "fromKind", "fromId", "toKind", "toId" LIMIT $4`;

const downSql = `SELECT ${columns} FROM (
  SELECT s.source_kind AS "fromKind", s.source_id AS "fromId", s.kind AS "toKind", s.object_id AS "toId"
    FROM resource_source s JOIN ${asked} ON s.source_kind = asked.kind AND s.source_id = asked.object_id
   WHERE s.tenant_id = $1
  UNION
  SELECT asked.kind, asked.object_id, r.kind, r.object_id
    FROM resource r JOIN ${asked} ON r.made_by = asked.object_id
     AND asked.kind IN ('batch', 'fine_tuning_job', 'upload')
   WHERE r.tenant_id = $1) steps
  ORDER BY "fromKind", "fromId", "toKind", "toId" LIMIT $4`;
