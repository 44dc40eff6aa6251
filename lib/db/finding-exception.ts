import type { DecisionRow } from "./decision.ts";
import type { PrismaTransaction } from "./with-tenant.ts";

export type NewException = {
  readonly tenantId: string;
  readonly id: string;
  readonly no: number;
  readonly findingId: string;
  readonly kind: string;
  readonly reason: string;
  readonly transferMechanism: string | null;
  readonly ticket: string | null;
  readonly policyVersion: number | null;
  readonly author: string;
  readonly authorId: string;
  readonly createdAt: Date;
  readonly lapsesAt: Date;
  readonly expiresAt: Date;
};

const withOutcome = { decision: { include: { ends: true } } } as const;

/** Read by requestException: the number of the next one. The key refuses one that is taken. */
export async function nextExceptionNo(tx: PrismaTransaction, tenantId: string): Promise<number> {
  const newest = await tx.findingException.findFirst({
    where: { tenantId },
    select: { no: true },
    orderBy: { no: "desc" },
  });
  return (newest?.no ?? 0) + 1;
}

/** Read by getFinding: a request that waits for a second person. */
export async function insertException(tx: PrismaTransaction, row: NewException): Promise<void> {
  await tx.findingException.createMany({ data: [row] });
}

/** Read by getFinding and the verbs of exceptions: those of one finding, the newest first, with what became of each. */
export async function exceptionsOf(tx: PrismaTransaction, tenantId: string, findingId: string) {
  return tx.findingException.findMany({
    where: { tenantId, findingId },
    include: withOutcome,
    orderBy: { no: "desc" },
    take: 100,
  });
}

/** Read by the verbs of exceptions: one with what became of it. */
export async function findException(tx: PrismaTransaction, tenantId: string, id: string) {
  return tx.findingException.findFirst({ where: { tenantId, id }, include: withOutcome });
}

export type ExceptionRow = NonNullable<Awaited<ReturnType<typeof findException>>>;

/** Read by endExpired: approved ones whose day has come and of which nobody has said so, the oldest first. */
export async function exceptionsToEnd(tx: PrismaTransaction, tenantId: string, at: Date) {
  return tx.findingException.findMany({
    where: { tenantId, expiresAt: { lte: at }, decision: { outcome: "approved", ends: { none: {} } } },
    select: { id: true },
    orderBy: { expiresAt: "asc" },
    take: 100,
  });
}

export type NewExceptionDecision = DecisionRow & {
  readonly tenantId: string;
  readonly exceptionId: string;
  readonly authorId: string;
};

/** Read by getFinding: what became of a request. The store refuses a second one, and an author who approves. */
export async function insertExceptionDecision(
  tx: PrismaTransaction,
  row: NewExceptionDecision,
): Promise<void> {
  await tx.findingExceptionDecision.createMany({ data: [row] });
}

export type NewExceptionEnd = {
  readonly tenantId: string;
  readonly exceptionId: string;
  readonly why: "expired" | "ended";
  readonly endedBy: string;
  readonly endedAt: Date;
  readonly note: string | null;
};

/** Read by getFinding: an approved one holds no longer. The store refuses a second end, and one of what was never approved. */
export async function insertExceptionEnd(tx: PrismaTransaction, row: NewExceptionEnd): Promise<void> {
  await tx.findingExceptionEnd.createMany({ data: [row] });
}
