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

export type NewRestatementDecision = {
  readonly tenantId: string;
  readonly restatementId: string;
  readonly authorId: string;
  readonly outcome: "approved" | "rejected" | "withdrawn";
  readonly decidedBy: string;
  readonly decidedById: string;
  readonly decidedAt: Date;
  readonly note: string | null;
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

/** Read by callRestatements and listRestatedCalls: the calls whose verdict an approved correction changes. */
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

export type MoveRow = { readonly before: string; readonly after: string; readonly calls: number };

/** Read by listRestatements: how many calls each correction moved from which verdict to which. */
export async function movesOf(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
): Promise<(MoveRow & { restatementId: string })[]> {
  return sql.query(
    `SELECT restatement_id AS "restatementId", verdict_before AS before, verdict_after AS after, count(*)::int AS calls
       FROM restatement_call WHERE tenant_id = $1 AND restatement_id = ANY($2::uuid[])
      GROUP BY 1, 2, 3 ORDER BY calls DESC`,
    [tenantId, ids],
  );
}

// The newest approval of each call counts; an earlier one stays readable on the call.
const newestOfEach = `SELECT DISTINCT ON (r.tenant_id, r.started_at, r.call_id) r.tenant_id, r.started_at, r.call_id,
    r.verdict_before, r.verdict_after
  FROM restatement_call r
  JOIN restatement_decision d ON d.tenant_id = r.tenant_id AND d.restatement_id = r.restatement_id
 WHERE r.tenant_id = ANY($1::uuid[]) AND r.started_at >= $2 AND r.started_at < $3
 ORDER BY r.tenant_id, r.started_at, r.call_id, d.decided_at DESC, r.restatement_id DESC`;

/** Read by listRestatedCalls: how many calls of a window were restated, from which verdict to which. */
export async function restatedMoves(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
): Promise<MoveRow[]> {
  return sql.query<MoveRow>(
    `SELECT verdict_before AS before, verdict_after AS after, count(*)::int AS calls
       FROM (${newestOfEach}) newest GROUP BY 1, 2 ORDER BY calls DESC`,
    [tenantIds, span.from, span.to],
  );
}

/** Read by listRestatedCalls: the newest of them. */
export async function newestRestatedCalls(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  span: Span,
  limit: number,
): Promise<{ id: string; verdict: string }[]> {
  return sql.query(
    `SELECT call_id AS id, verdict_after AS verdict FROM (${newestOfEach}) newest
      ORDER BY started_at DESC, call_id DESC LIMIT $4`,
    [tenantIds, span.from, span.to, limit],
  );
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
            c.verdict_before AS before, c.verdict_after AS after, c.reasons_after AS reasons, s.author,
            d.decided_by AS "approvedBy", d.decided_at AS "approvedAt"
       FROM restatement_call c
       JOIN restatement s ON s.tenant_id = c.tenant_id AND s.id = c.restatement_id
       JOIN restatement_decision d ON d.tenant_id = c.tenant_id AND d.restatement_id = c.restatement_id
      WHERE c.tenant_id = ANY($1::uuid[]) AND c.started_at = $2 AND c.call_id = $3
      ORDER BY d.decided_at DESC, s.id DESC LIMIT 50`,
    [tenantIds, startedAt, callId],
  );
}
