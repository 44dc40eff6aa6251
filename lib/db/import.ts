import { type PrismaTransaction, type SqlTransaction, tenantScope, withTenant } from "./with-tenant.ts";

export type ImportRow = NonNullable<Awaited<ReturnType<typeof findImport>>>;

export type NewImport = {
  readonly tenantId: string;
  readonly id: string;
  readonly applicationId: string;
  readonly format: string;
  readonly fileName: string;
  readonly fileBytes: bigint;
  readonly mapping: object | null;
  readonly dryRun: boolean;
  readonly startedBy: string;
  readonly startedById: string | null;
  readonly createdAt: Date;
};

/** Read by listImports: a file that begins to come. */
export async function insertImport(tx: PrismaTransaction, row: NewImport): Promise<void> {
  const { mapping, ...rest } = row;
  await tx.importJob.createMany({
    data: [{ ...rest, ...(mapping !== null && { mapping }), state: "receiving", touchedAt: row.createdAt }],
  });
}

/** Read by getImport and by each verb that goes on with one. */
export async function findImport(tx: PrismaTransaction, tenantId: string, id: string) {
  return tx.importJob.findFirst({ where: { tenantId, id } });
}

/** Read by listImports: the newest. */
export async function newestImports(tx: PrismaTransaction, tenantId: string, limit: number) {
  return tx.importJob.findMany({ where: { tenantId }, orderBy: { createdAt: "desc" }, take: limit });
}

/** Read by takeImportPart and runImports: nobody else goes on with it in the meantime. */
export async function lockImport(sql: SqlTransaction, tenantId: string, id: string): Promise<void> {
  await sql.query("SELECT 1 FROM import_job WHERE tenant_id = $1::uuid AND id = $2::uuid FOR UPDATE", [
    tenantId,
    id,
  ]);
}

/**
 * For how far an import is, and nothing else: pieces, lines and counts are no change of the tenant. That it was begun and how
 * it ended are, and go through `mutation`.
 */
export function workOnImport<T>(tenantId: string, work: (tx: PrismaTransaction) => Promise<T>): Promise<T> {
  return withTenant(tenantScope(tenantId), work);
}

export type ImportChange = {
  readonly state?: string;
  readonly endedAt?: Date;
  readonly touchedAt: Date;
  readonly partsTaken?: number;
  readonly bytesTaken?: bigint;
  readonly add?: Partial<Record<CountName, number>>;
  readonly hosts?: Readonly<Record<string, number>>;
  readonly earliest?: Date | null;
  readonly latest?: Date | null;
};

const countNames = [
  "records",
  "recorded",
  "duplicate",
  "conflict",
  "joined",
  "ignored",
  "rejected",
  "errorsKept",
] as const;
type CountName = (typeof countNames)[number];

/** Read by getImport: how far it is. */
export async function changeImport(
  tx: PrismaTransaction,
  tenantId: string,
  id: string,
  change: ImportChange,
) {
  const { add, ...set } = change;
  const more = Object.fromEntries(countNames.map((name) => [name, { increment: add?.[name] ?? 0 }]));
  await tx.importJob.updateMany({ where: { tenantId, id }, data: { ...set, ...more } });
}

/** Read by runImports: what was read of a piece. */
export async function insertPart(
  tx: PrismaTransaction,
  row: { tenantId: string; importId: string; seq: number; sealed: Uint8Array<ArrayBuffer> },
): Promise<void> {
  await tx.importPart.createMany({ data: [row] });
}

/** One piece of one import. */
export type PartKey = { readonly tenantId: string; readonly importId: string; readonly seq: number };

/** Read by nobody: keeps a piece until the end of the transaction. False: it is gone, recorded or given up. */
export async function holdPart(sql: SqlTransaction, { tenantId, importId, seq }: PartKey): Promise<boolean> {
  const rows = await sql.query(
    "SELECT 1 FROM import_part WHERE tenant_id = $1::uuid AND import_id = $2::uuid AND seq = $3::int FOR UPDATE",
    [tenantId, importId, seq],
  );
  return rows.length > 0;
}

/** Read by deletePart and deleteParts: places in a piece of which this transaction records the reports. */
export async function markTaken(
  sql: SqlTransaction,
  { tenantId, importId, seq }: PartKey,
  as: "recorded" | "joined",
  places: readonly number[],
): Promise<void> {
  await sql.query(
    `UPDATE import_part SET ${as} = ${as} || $4::int[]
      WHERE tenant_id = $1::uuid AND import_id = $2::uuid AND seq = $3::int`,
    [tenantId, importId, seq, places],
  );
}

/** Read by runImports: the piece that waits longest. */
export async function firstPart(tx: PrismaTransaction, tenantId: string, importId: string) {
  return tx.importPart.findFirst({ where: { tenantId, importId }, orderBy: { seq: "asc" } });
}

/** Read by getImport: how many pieces wait. */
export async function countParts(tx: PrismaTransaction, tenantId: string, importId: string): Promise<number> {
  return tx.importPart.count({ where: { tenantId, importId } });
}

/** Places in a piece, from 0, of the reports that it recorded, and of those that it joined. */
export type TakenPlaces = { readonly recorded: readonly number[]; readonly joined: readonly number[] };

/** Read by nobody any more: recorded. Answers what was taken of it; null: it was gone. */
export async function deletePart(
  sql: SqlTransaction,
  { tenantId, importId, seq }: PartKey,
): Promise<TakenPlaces | null> {
  const [taken] = await sql.query<TakenPlaces>(
    `DELETE FROM import_part WHERE tenant_id = $1::uuid AND import_id = $2::uuid AND seq = $3::int
     RETURNING recorded, joined`,
    [tenantId, importId, seq],
  );
  return taken ?? null;
}

/** Read by nobody any more: given up. Answers what was taken of each piece that was not counted yet. */
export async function deleteParts(
  sql: SqlTransaction,
  tenantId: string,
  importId: string,
): Promise<TakenPlaces[]> {
  return sql.query<TakenPlaces>(
    "DELETE FROM import_part WHERE tenant_id = $1::uuid AND import_id = $2::uuid RETURNING recorded, joined",
    [tenantId, importId],
  );
}

/** An id, and the digest of what was told of it. */
export type TriedId = { readonly clientId: string; readonly digest: Uint8Array<ArrayBuffer> };

/** Read by takeImportPart: those of some ids that a dry run has met in earlier pieces. */
export async function findTried(
  tx: PrismaTransaction,
  tenantId: string,
  importId: string,
  ids: readonly string[],
): Promise<TriedId[]> {
  return tx.importTried.findMany({
    where: { tenantId, importId, clientId: { in: [...ids] } },
    select: { clientId: true, digest: true },
  });
}

/** Read by takeImportPart, of later pieces. */
export async function insertTried(
  tx: PrismaTransaction,
  tenantId: string,
  importId: string,
  rows: readonly TriedId[],
): Promise<void> {
  await tx.importTried.createMany({ data: rows.map((row) => ({ ...row, tenantId, importId })) });
}

/** Read by runImports: dry runs that have ended, and what they met is still there. */
export async function endedWithTried(sql: SqlTransaction, tenantId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT j.id FROM import_job j
      WHERE j.tenant_id = $1::uuid AND j.dry_run AND j.state IN ('done', 'cancelled')
        AND EXISTS (SELECT FROM import_tried t WHERE t.tenant_id = j.tenant_id AND t.import_id = j.id)`,
    [tenantId],
  );
  return rows.map(({ id }) => id);
}

/** Read by nobody any more. At most so many of them: there may be millions. Answers how many went. */
export async function deleteTried(
  sql: SqlTransaction,
  tenantId: string,
  importId: string,
  limit: number,
): Promise<number> {
  const rows = await sql.query(
    `DELETE FROM import_tried WHERE tenant_id = $1::uuid AND import_id = $2::uuid AND client_id = ANY (ARRAY(
       SELECT client_id FROM import_tried WHERE tenant_id = $1::uuid AND import_id = $2::uuid LIMIT $3::int)) RETURNING 1`,
    [tenantId, importId, limit],
  );
  return rows.length;
}

export type ImportErrorRow = {
  /** Its number in the file, from 1. */
  readonly record: number;
  /** The line it begins on; others may, too. */
  readonly line: number;
  readonly clientId: string | null;
  readonly code: string;
  readonly message: string;
};

/** Read by listImportErrors. A record has one error. */
export async function insertErrors(
  tx: PrismaTransaction,
  tenantId: string,
  importId: string,
  rows: readonly ImportErrorRow[],
): Promise<number> {
  const data = rows.map((row) => ({ ...row, tenantId, importId }));
  return (await tx.importError.createMany({ data, skipDuplicates: true })).count;
}

/** Read by listImportErrors: those of the records behind one, in their order. */
export async function errorsAfter(
  tx: PrismaTransaction,
  tenantId: string,
  importId: string,
  record: number,
  limit: number,
): Promise<ImportErrorRow[]> {
  return tx.importError.findMany({
    where: { tenantId, importId, record: { gt: record } },
    select: { record: true, line: true, clientId: true, code: true, message: true },
    orderBy: { record: "asc" },
    take: limit,
  });
}

/** Read by runImports: the tenants of which an import is not at its end, or what a dry run met is still there. */
export async function tenantsWithImports(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ tenantId: string }>(
    `SELECT DISTINCT j.tenant_id AS "tenantId" FROM import_job j
      WHERE j.tenant_id = ANY($1::uuid[]) AND (j.state IN ('receiving', 'running')
        OR (j.dry_run AND j.state IN ('done', 'cancelled')
          AND EXISTS (SELECT FROM import_tried t WHERE t.tenant_id = j.tenant_id AND t.import_id = j.id)))
      ORDER BY 1`,
    [tenantIds],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Read by runImports: imports of a tenant that are not at their end. */
export async function openImports(tx: PrismaTransaction, tenantId: string) {
  return tx.importJob.findMany({
    where: { tenantId, state: { in: ["receiving", "running"] } },
    select: { id: true, state: true, touchedAt: true },
    orderBy: { createdAt: "asc" },
  });
}
