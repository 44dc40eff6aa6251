import type { DecisionRow } from "./decision.ts";
import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type NewLegalHold = {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly placedBy: string;
  readonly placedById: string;
  readonly placedAt: Date;
};

/**
 * Read by getRetention and by everything that deletes. Waits for a deletion that is under way; a trigger does, too, but on
 * a Citus cluster, which has none.
 */
export async function insertLegalHold(tx: PrismaTransaction, row: NewLegalHold): Promise<void> {
  await tx.$executeRaw`SELECT retention_lock(${row.tenantId}::uuid)`;
  await tx.legalHold.createMany({ data: [row] });
}

/** Read by getRetention and the verbs that lift: every hold, with what was asked about it. */
export async function listLegalHolds(tx: PrismaTransaction, tenantId: string) {
  return tx.legalHold.findMany({
    where: { tenantId },
    include: { requests: { include: { decision: true } } },
    orderBy: { placedAt: "desc" },
    take: 100,
  });
}

export type NewRetentionRequest = {
  readonly tenantId: string;
  readonly id: string;
  readonly kind: "policy" | "lift_hold" | "erasure";
  readonly preset?: string;
  readonly months?: number | null;
  readonly holdId?: string;
  readonly reference?: string;
  readonly basis?: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedById: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
};

/** Read by getRetention: something that waits for a second person. */
export async function insertRetentionRequest(tx: PrismaTransaction, row: NewRetentionRequest): Promise<void> {
  await tx.retentionRequest.createMany({ data: [row] });
}

/** Read by the job that erases: whom a request is about. The web process writes it and cannot read it. */
export async function insertErasureSubject(
  tx: PrismaTransaction,
  row: { tenantId: string; requestId: string; subjectIndex: Uint8Array<ArrayBuffer> },
): Promise<void> {
  await tx.erasureSubject.createMany({ data: [row] });
}

/** Read by the verbs that decide: one request with what became of it. */
export async function findRetentionRequest(tx: PrismaTransaction, tenantId: string, id: string) {
  return tx.retentionRequest.findFirst({ where: { tenantId, id }, include: { decision: true } });
}

/** Read by getRetention: the newest requests with what became of them. */
export async function newestRetentionRequests(tx: PrismaTransaction, tenantId: string, limit: number) {
  return tx.retentionRequest.findMany({
    where: { tenantId },
    include: { decision: { include: { prunes: true, erasures: true } }, hold: true },
    orderBy: { requestedAt: "desc" },
    take: limit,
  });
}

export type NewRetentionDecision = DecisionRow & {
  readonly tenantId: string;
  readonly requestId: string;
  readonly requestedById: string;
};

/** Read by everything that deletes. The store refuses a second decision, and a requester who approves. */
export async function insertRetentionDecision(
  tx: PrismaTransaction,
  row: NewRetentionDecision,
): Promise<void> {
  await tx.retentionDecision.createMany({ data: [row] });
}

export type PolicyInForceRow = {
  readonly requestId: string;
  readonly preset: string;
  readonly months: number | null;
  readonly requestedBy: string;
  readonly requestedById: string;
  readonly approvedBy: string;
  readonly approvedById: string;
  readonly since: Date;
};

/** Read by the job that prunes, and getRetention: the period two people approved last; null: everything is kept. */
export async function retentionInForce(
  sql: SqlTransaction,
  tenantId: string,
): Promise<PolicyInForceRow | null> {
  const [row] = await sql.query<PolicyInForceRow>(
    `SELECT r.id AS "requestId", r.preset, r.months, r.requested_by AS "requestedBy", r.requested_by_id AS "requestedById",
            d.decided_by AS "approvedBy", d.decided_by_id AS "approvedById", d.decided_at AS since
       FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
      WHERE r.tenant_id = $1::uuid AND r.kind = 'policy' AND d.outcome = 'approved' ORDER BY d.decided_at DESC LIMIT 1`,
    [tenantId],
  );
  return row ?? null;
}

/** Whether a legal hold stands over the tenant that an expression names. */
export const onHold = (tenant: string): string =>
  `EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = ${tenant} AND NOT EXISTS (
     SELECT FROM retention_request q JOIN retention_decision d ON d.tenant_id = q.tenant_id AND d.request_id = q.id
      WHERE q.tenant_id = h.tenant_id AND q.kind = 'lift_hold' AND q.hold_id = h.id AND d.outcome = 'approved'))`;

/** Read by the jobs that delete, and getRetention: whether a hold is in place. */
export async function isOnHold(sql: SqlTransaction, tenantId: string): Promise<boolean> {
  const [row] = await sql.query<{ held: boolean }>(`SELECT ${onHold("$1::uuid")} AS held`, [tenantId]);
  return row?.held ?? false;
}

export type MonthOfEntries = { readonly month: Date; readonly entries: number };

/** Read by previewRetention: how many entries of a log were appended before a moment and still have their bytes, by UTC month. */
export async function entriesByMonth(
  sql: SqlTransaction,
  tenantId: string,
  before: Date | null,
): Promise<MonthOfEntries[]> {
  return sql.query(
    `SELECT date_trunc('month', b.appended_at, 'UTC') AS month, sum(b.end_index - coalesce(b.first_index, 0))::float8 AS entries
       FROM ledger_batch b
      WHERE b.tenant_id = $1::uuid AND b.first_index IS NOT NULL AND ($2::timestamptz IS NULL OR b.appended_at < $2::timestamptz)
        AND b.end_index > coalesce((SELECT max(to_index) FROM ledger_prune p WHERE p.tenant_id = b.tenant_id AND p.epoch = b.epoch), 0)
      GROUP BY 1 ORDER BY 1`,
    [tenantId, before],
  );
}

/** Read by previewRetention: calls whose row would go. */
export async function callsBefore(sql: SqlTransaction, tenantId: string, before: Date): Promise<number> {
  const [row] = await sql.query<{ calls: number }>(
    "SELECT count(*)::float8 AS calls FROM call WHERE tenant_id = $1::uuid AND started_at < $2::timestamptz",
    [tenantId, before],
  );
  return row?.calls ?? 0;
}

/** Read by requestErasure: how many openings speak of a person, in how many entries. */
export async function openingsOfSubject(
  sql: SqlTransaction,
  tenantId: string,
  subjectIndex: Uint8Array,
): Promise<{ openings: number; entries: number }> {
  const [row] = await sql.query<{ openings: number; entries: number }>(
    `SELECT count(*)::int AS openings, count(DISTINCT (epoch, index))::int AS entries FROM ledger_opening
      WHERE tenant_id = $1::uuid AND subject_index = $2::bytea`,
    [tenantId, subjectIndex],
  );
  return row ?? { openings: 0, entries: 0 };
}
