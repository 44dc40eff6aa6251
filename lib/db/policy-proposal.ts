import type { DecisionRow } from "./decision.ts";
import type { PrismaTransaction } from "./with-tenant.ts";

export type NewProposal = {
  readonly tenantId: string;
  readonly id: string;
  readonly baseVersion: number;
  readonly preset: string;
  readonly body: object;
  readonly sha256: string;
  readonly reason: string;
  readonly widening: readonly string[];
  readonly requestedBy: string;
  readonly requestedById: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
};

/** Read by getPolicies: a policy that waits for a second person. */
export async function insertProposal(tx: PrismaTransaction, row: NewProposal): Promise<void> {
  await tx.policyProposal.createMany({ data: [{ ...row, widening: [...row.widening] }] });
}

/** Read by the verbs that decide: one proposal with what became of it. */
export async function findProposal(tx: PrismaTransaction, tenantId: string, id: string) {
  return tx.policyProposal.findFirst({ where: { tenantId, id }, include: { decision: true } });
}

/** Read by getPolicies: the newest proposals with what became of them. */
export async function newestProposals(tx: PrismaTransaction, tenantId: string, limit: number) {
  return tx.policyProposal.findMany({
    where: { tenantId },
    include: { decision: true },
    orderBy: { requestedAt: "desc" },
    take: limit,
  });
}

export type NewPolicyDecision = DecisionRow & {
  readonly tenantId: string;
  readonly proposalId: string;
  readonly requestedById: string;
};

/** Read by getPolicies: what became of a proposal. The store refuses a second one, and a requester who approves. */
export async function insertPolicyDecision(tx: PrismaTransaction, row: NewPolicyDecision): Promise<void> {
  await tx.policyDecision.createMany({ data: [row] });
}
