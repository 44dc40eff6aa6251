import type { SqlTransaction } from "./with-tenant.ts";

export type ViewNoteRow = {
  readonly tenantId: string;
  readonly minute: Date;
  readonly personId: string;
  readonly personName: string;
  readonly what: string;
  readonly object: string;
};

/** Read by takeNotes: one look more. */
export async function noteView(sql: SqlTransaction, row: ViewNoteRow): Promise<void> {
  await sql.query(
    `INSERT INTO view_note (tenant_id, minute, person_id, what, object, person_name) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, minute, person_id, what, object) DO UPDATE SET looks = view_note.looks + 1`,
    [row.tenantId, row.minute, row.personId, row.what, row.object, row.personName],
  );
}

/** Read by recordLooks: which of these logs have notes of minutes before that one. */
export async function logsWithNotes(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  before: Date,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    "SELECT DISTINCT tenant_id AS id FROM view_note WHERE tenant_id = ANY($1::uuid[]) AND minute < $2",
    [tenantIds, before],
  );
  return rows.map(({ id }) => id);
}

export type Looks = {
  readonly minute: Date;
  readonly personId: string;
  readonly personName: string;
  readonly what: string;
  readonly looks: number;
  readonly objects: number;
  /** The first of them in order of their names. */
  readonly named: readonly string[];
};

/** Read by recordLooks, which holds the log's lock: the notes of minutes before that one, taken out and added up. */
export async function takeNotes(
  sql: SqlTransaction,
  tenantId: string,
  before: Date,
  namedMax: number,
): Promise<Looks[]> {
  return sql.query<Looks>(
    `WITH taken AS (DELETE FROM view_note WHERE tenant_id = $1::uuid AND minute < $2 RETURNING *)
     SELECT minute, person_id AS "personId", min(person_name) AS "personName", what, sum(looks)::int AS looks,
            count(*)::int AS objects, (array_agg(object ORDER BY object))[1:$3::int] AS named
       FROM taken GROUP BY minute, person_id, what ORDER BY minute, person_id, what`,
    [tenantId, before, namedMax],
  );
}
