import type { PrismaTransaction } from "./with-tenant.ts";

/** Read by the verbs that state an analysis: the newest of a finding; null: nobody has stated one. */
export async function newestAnalysis(tx: PrismaTransaction, tenantId: string, findingId: string) {
  return tx.findingAnalysis.findFirst({ where: { tenantId, findingId }, orderBy: { version: "desc" } });
}

export type NewAnalysis = {
  readonly tenantId: string;
  readonly findingId: string;
  readonly version: number;
  readonly rootCause: string;
  readonly explanation: string;
  readonly action: string;
  readonly actionOwner: string;
  readonly actionDueAt: Date;
  readonly statedBy: string;
  readonly statedAt: Date;
};

/** Read by getFinding and listFindings: one more version. The key refuses a number twice. */
export async function insertAnalysis(tx: PrismaTransaction, row: NewAnalysis): Promise<void> {
  await tx.findingAnalysis.createMany({ data: [row] });
}
