import type { DecisionRow } from "./decision.ts";
import type { Span } from "./rollup-span.ts";
import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type NewRestatement = {
  readonly tenantId: string;
  readonly id: string;
  readonly cause: string;
  readonly statement: string;
  readonly evidence: string;
  readonly evidenceUrl: string | null;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly filter: object;
  readonly method: object;
  readonly judgeVersion: number;
  readonly simulated: boolean;
  readonly author: string;
  readonly authorId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Read by listRestatements: a correction that waits for a second person. */
export async function insertRestatement(tx: PrismaTransaction, row: NewRestatement): Promise<void> {
  await tx.restatement.createMany({ data: [row] });
}

/** Read by the verbs that decide, and by restatementEffect: one correction with what became of it. */
export async function findRestatement(tx: PrismaTransaction, tenantId: string, id: string) {
  return tx.restatement.findFirst({ where: { tenantId, id }, include: { decision: true } });
}

/** Read by listRestatements: the newest corrections with what became of them. */
export async function newestRestatements(tx: PrismaTransaction, tenantId: string, limit: number) {
  return tx.restatement.findMany({
    where: { tenantId },
    include: { decision: true },
    orderBy: { createdAt: "desc" },
    take: limit,
  });
}

export type NewRestatementDecision = DecisionRow & {
  readonly tenantId: string;
  readonly restatementId: string;
  readonly authorId: string;
  readonly calls: number | null;
};

/** Read by listRestatements: what became of a correction. The store refuses a second one, and an author who approves. */
export async function insertRestatementDecision(
  tx: PrismaTransaction,
  row: NewRestatementDecision,
): Promise<void> {
  await tx.restatementDecision.createMany({ data: [row] });
}

export type RestatedCallRow = {
  readonly tenantId: string;
  readonly startedAt: Date;
  readonly callId: string;
  readonly restatementId: string;
  readonly verdictBefore: string;
  readonly verdictAfter: string;
  readonly bandBefore: string | null;
  readonly bandAfter: string | null;
  readonly reasonsAfter: readonly string[];
};

const rowsMax = 2_000;

/** Read by callRestatements, restateScope and listRestatedCalls: the calls that an approved correction changes. */
export async function insertRestatedCalls(
  tx: PrismaTransaction,
  rows: readonly RestatedCallRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsMax) {
    const data = rows
      .slice(from, from + rowsMax)
      .map((row) => ({ ...row, reasonsAfter: [...row.reasonsAfter] }));
    await tx.restatementCall.createMany({ data });
  }
}

/** Bands are named where the verdict stays, and null elsewhere. */
export type MoveRow = {
  readonly before: string;
  readonly after: string;
  readonly bandBefore: string | null;
  readonly bandAfter: string | null;
  readonly calls: number;
};

/** Read by listRestatements: how many calls each correction moved from what to what. */
export async function movesOf(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
): Promise<(MoveRow & { restatementId: string })[]> {
  return sql.query(
    `SELECT restatement_id AS "restatementId", verdict_before AS before, verdict_after AS after,
            CASE WHEN verdict_before = verdict_after THEN band_before END AS "bandBefore",
            CASE WHEN verdict_before = verdict_after THEN band_after END AS "bandAfter", count(*)::int AS calls
       FROM restatement_call WHERE tenant_id = $1 AND restatement_id = ANY($2::uuid[])
      GROUP BY 1, 2, 3, 4, 5 ORDER BY calls DESC`,
    [tenantId, ids],
  );
}

// The newest approval of each call counts; an earlier one stays readable on the call. What the first of them found is
// what the call was judged at first, also where retention has taken the call. One that was restated back is left out.
const newestOfEach = `SELECT * FROM (
  SELECT DISTINCT ON (r.tenant_id, r.started_at, r.call_id) r.tenant_id, r.started_at, r.call_id,
         first_value(r.verdict_before) OVER first AS verdict_before, first_value(r.band_before) OVER first AS band_before,
         r.verdict_after, r.band_after
    FROM restatement_call r
    JOIN restatement_decision d ON d.tenant_id = r.tenant_id AND d.restatement_id = r.restatement_id
   WHERE r.tenant_id = ANY($1::uuid[]) AND r.started_at >= $2 AND r.started_at < $3
  WINDOW first AS (PARTITION BY r.tenant_id, r.started_at, r.call_id ORDER BY d.decided_at, r.restatement_id)
   ORDER BY r.tenant_id, r.started_at, r.call_id, d.decided_at DESC, r.restatement_id DESC) each_call
 WHERE verdict_before <> verdict_after OR band_before IS DISTINCT FROM band_after`;

/** Read by listRestatedCalls: how many calls of a window count as something else than at first, from what to what. */
export async function restatedMoves(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
): Promise<MoveRow[]> {
  return sql.query<MoveRow>(
    `SELECT verdict_before AS before, verdict_after AS after,
            CASE WHEN verdict_before = verdict_after THEN band_before END AS "bandBefore",
            CASE WHEN verdict_before = verdict_after THEN band_after END AS "bandAfter", count(*)::int AS calls
       FROM (${newestOfEach}) newest GROUP BY 1, 2, 3, 4 ORDER BY calls DESC`,
    [tenantIds, span.from, span.to],
  );
}

/** Read by listRestatedCalls: the newest of them. */
export async function newestRestatedCalls(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
  limit: number,
): Promise<{ id: string; startedAt: Date; verdict: string; band: string | null }[]> {
  return sql.query(
    `SELECT call_id AS id, started_at AS "startedAt", verdict_after AS verdict, band_after AS band FROM (${newestOfEach}) newest
      ORDER BY started_at DESC, call_id DESC LIMIT $4`,
    [tenantIds, span.from, span.to, limit],
  );
}

/** What a call counts as by its newest approved restatement. */
export type RestatedTo = {
  readonly callId: string;
  readonly restatementId: string;
  readonly verdict: string;
  readonly band: string | null;
};

/** Read by exportCalls: the newest approved restatement of each of these calls, which began within a span, its end included. */
export async function newestRestatementOf(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  { from, to }: Span,
  callIds: readonly string[],
): Promise<RestatedTo[]> {
  return sql.query<RestatedTo>(
    `SELECT DISTINCT ON (r.tenant_id, r.started_at, r.call_id) r.call_id AS "callId", r.restatement_id AS "restatementId",
            r.verdict_after AS verdict, r.band_after AS band
       FROM restatement_call r
       JOIN restatement_decision d ON d.tenant_id = r.tenant_id AND d.restatement_id = r.restatement_id
      WHERE r.tenant_id = ANY($1::uuid[]) AND r.started_at >= $2 AND r.started_at <= $3 AND r.call_id = ANY($4::uuid[])
      ORDER BY r.tenant_id, r.started_at, r.call_id, d.decided_at DESC, r.restatement_id DESC`,
    [tenantIds, from, to, callIds],
  );
}

/** One approved restatement of a call: what it made of it, and how it was judged anew. */
export type ApprovedRow = {
  readonly callId: string;
  readonly verdict: string;
  readonly band: string | null;
  readonly method: unknown;
};

/** Read by restateScope: what these calls were restated to so far, the newest first. */
export async function approvedOf(
  sql: SqlTransaction,
  tenantId: string,
  span: Span,
  callIds: readonly string[],
): Promise<ApprovedRow[]> {
  return sql.query<ApprovedRow>(
    `SELECT c.call_id AS "callId", c.verdict_after AS verdict, c.band_after AS band, s.method
       FROM restatement_call c
       JOIN restatement s ON s.tenant_id = c.tenant_id AND s.id = c.restatement_id
       JOIN restatement_decision d ON d.tenant_id = c.tenant_id AND d.restatement_id = c.restatement_id
      WHERE c.tenant_id = $1 AND c.started_at >= $2 AND c.started_at < $3 AND c.call_id = ANY($4::uuid[])
      ORDER BY d.decided_at DESC, c.restatement_id DESC`,
    [tenantId, span.from, span.to, callIds],
  );
}

/** Read by approveRestatement: the approval that came last; null where there is none. */
export async function newestApproval(tx: PrismaTransaction, tenantId: string): Promise<string | null> {
  const row = await tx.restatementDecision.findFirst({
    where: { tenantId, outcome: "approved" },
    orderBy: [{ decidedAt: "desc" }, { restatementId: "desc" }],
    select: { restatementId: true },
  });
  return row?.restatementId ?? null;
}

export type CallRestatementRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly cause: string;
  readonly statement: string;
  readonly evidence: string;
  readonly evidenceUrl: string | null;
  readonly before: string;
  readonly after: string;
  readonly bandAfter: string | null;
  readonly reasons: readonly string[];
  readonly author: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
};

/** Read by callRestatements: every approved correction of one call, the newest first. */
export async function restatementsOfCall(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  startedAt: Date,
  callId: string,
): Promise<CallRestatementRow[]> {
  return sql.query<CallRestatementRow>(
    `SELECT c.tenant_id AS "tenantId", s.id, s.cause, s.statement, s.evidence, s.evidence_url AS "evidenceUrl",
            c.verdict_before AS before, c.verdict_after AS after, c.band_after AS "bandAfter", c.reasons_after AS reasons, s.author,
            d.decided_by AS "approvedBy", d.decided_at AS "approvedAt"
       FROM restatement_call c
       JOIN restatement s ON s.tenant_id = c.tenant_id AND s.id = c.restatement_id
       JOIN restatement_decision d ON d.tenant_id = c.tenant_id AND d.restatement_id = c.restatement_id
      WHERE c.tenant_id = ANY($1::uuid[]) AND c.started_at = $2 AND c.call_id = $3
      ORDER BY d.decided_at DESC, s.id DESC LIMIT 50`,
    [tenantIds, startedAt, callId],
  );
}
