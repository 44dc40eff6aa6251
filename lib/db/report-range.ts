import { type CallFilter, filterValues } from "./call-filter.ts";
import type { LogKey } from "./ledger-walk.ts";
import { type FacetRow, facetRows } from "./rollup-read.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type LogEpochRow = { readonly epoch: number; readonly origin: string; readonly openedAt: Date };

/** Read by findRange: every epoch of a tenant's log, oldest first. */
export async function logEpochs(sql: SqlTransaction, tenantId: string): Promise<LogEpochRow[]> {
  return sql.query<LogEpochRow>(
    `SELECT epoch, origin, opened_at AS "openedAt" FROM ledger_log WHERE tenant_id = $1 ORDER BY epoch`,
    [tenantId],
  );
}

export type SignedHead = {
  readonly size: number;
  readonly signedAt: Date;
  readonly root: Buffer;
  readonly note: string;
};

const head = `size, signed_at AS "signedAt", root, note`;

/** Read by findRange: the last checkpoint signed before a moment, of a size up to `sizeMax`; null: of any size. */
export async function lastHeadBefore(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  at: Date,
  sizeMax: number | null,
): Promise<SignedHead | null> {
  const [row] = await sql.query<SignedHead>(
    `SELECT ${head} FROM ledger_checkpoint WHERE tenant_id = $1 AND epoch = $2 AND signed_at < $3
        AND ($4::bigint IS NULL OR size <= $4::bigint)
      ORDER BY size DESC, signed_at DESC LIMIT 1`,
    [tenantId, epoch, at, sizeMax],
  );
  return row ?? null;
}

/** Read by findRange: the first checkpoint of a size. */
export async function firstHeadOf(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
): Promise<SignedHead | null> {
  const [row] = await sql.query<SignedHead>(
    `SELECT ${head} FROM ledger_checkpoint WHERE tenant_id = $1 AND epoch = $2 AND size = $3 ORDER BY signed_at LIMIT 1`,
    [tenantId, epoch, size],
  );
  return row ?? null;
}

/** Read by findRange: the next checkpoint behind one, or the first of all, of a size up to `sizeMax`; null: of any size. */
export async function nextHead(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  after: SignedHead | null,
  sizeMax: number | null,
): Promise<SignedHead | null> {
  const [row] = await sql.query<SignedHead>(
    `SELECT ${head} FROM ledger_checkpoint WHERE tenant_id = $1 AND epoch = $2
        AND ($3::bigint IS NULL OR (size, signed_at) > ($3::bigint, $4::timestamptz))
        AND ($5::bigint IS NULL OR size <= $5::bigint)
      ORDER BY size, signed_at LIMIT 1`,
    [tenantId, epoch, after?.size ?? null, after?.signedAt ?? null, sizeMax],
  );
  return row ?? null;
}

/** Read by withPackSource: the tree at the size of a batch's end, where one ends there; and the batch before. */
export async function batchAt(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
): Promise<{ readonly endIndex: number; readonly frontier: Buffer } | null> {
  const [row] = await sql.query<{ endIndex: number; frontier: Buffer }>(
    `SELECT end_index AS "endIndex", frontier FROM ledger_batch WHERE tenant_id = $1 AND epoch = $2 AND end_index = $3`,
    [tenantId, epoch, size],
  );
  return row ?? null;
}

/** Calls of a log's range that began within a period and match; the parameters begin at `$6`. By what was recorded, uncapped. */
const chosen = `c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $3
   AND c.ledger_epoch = $4 AND c.ledger_index >= $5 AND c.ledger_index < $6
   AND ($7::text[] IS NULL OR c.verdict = ANY($7::text[]))
   AND ($8::text[] IS NULL OR coalesce(c.band, 'none') = ANY($8::text[]))
   AND ($9::text[] IS NULL OR c.causes && $9::text[])
   AND ($10::text[] IS NULL OR c.region_dim = ANY($10::text[]))
   AND ($11::text[] IS NULL OR c.host = ANY($11::text[]))
   AND ($12::text[] IS NULL OR coalesce(c.model_requested, c.model_answered) = ANY($12::text[]))
   AND ($13::text[] IS NULL OR c.operation = ANY($13::text[]))
   AND ($14::uuid[] IS NULL OR c.application_id = ANY($14::uuid[]))
   AND ($15::text[] IS NULL OR c.source = ANY($15::text[]))
   AND ($16::text[] IS NULL OR c.basis = ANY($16::text[]))`;

export type CallsOfRange = LogKey & {
  readonly from: Date;
  readonly to: Date;
  readonly first: number;
  readonly end: number;
  readonly filter: CallFilter;
};

/** Read by previewReport and requestReport: how many calls a pack would choose. */
export async function countChosen(sql: SqlTransaction, range: CallsOfRange): Promise<number> {
  const { tenantId, from, to, epoch, first, end, filter } = range;
  const [row] = await sql.query<{ calls: number }>(`SELECT count(*) AS calls FROM call c WHERE ${chosen}`, [
    tenantId,
    from,
    to,
    epoch,
    first,
    end,
    ...filterValues(filter),
  ]);
  return Number(row?.calls ?? 0);
}

export type ChoiceRow = { readonly facet: string; readonly value: string; readonly calls: number };

const choicesMax = 200;

/**
 * Read by previewReport: what the calls of a period can be narrowed by, as the facets of listCalls are counted; of each facet
 * the 200 most called.
 */
export async function choicesOfPeriod(
  sql: SqlTransaction,
  tenantId: string,
  from: Date,
  to: Date,
): Promise<ChoiceRow[]> {
  const rows = await facetRows(sql, [{ tenantId, since: null }], { from, to });
  return choiceFacets.flatMap(([facet, told]) => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(told(row), (counts.get(told(row)) ?? 0) + row.calls);
    return [...counts]
      .map(([value, calls]) => ({ facet, value, calls }))
      .sort((a, b) => b.calls - a.calls || (a.value < b.value ? -1 : 1))
      .slice(0, choicesMax);
  });
}

const choiceFacets: readonly (readonly [facet: string, told: (row: FacetRow) => string])[] = [
  ["application", (row) => row.applicationId],
  ["verdict", (row) => row.verdict],
  ["region", (row) => row.region],
  ["model", (row) => row.model],
  ["source", (row) => row.source],
];
