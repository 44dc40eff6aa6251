import { type PrismaTransaction, withTenant } from "./with-tenant.ts";

export type CallViewRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly name: string;
  readonly shared: boolean;
  readonly query: string;
  readonly savedAt: Date;
};

/** Read by listCallViews: what a person saved in these tenants, and what others share there. */
export async function visibleCallViews(
  tenantIds: readonly string[],
  personId: string,
  limit: number,
): Promise<CallViewRow[]> {
  return withTenant({ read: tenantIds, write: null }, (tx) =>
    tx.callView.findMany({
      where: { tenantId: { in: [...tenantIds] }, OR: [{ personId }, { shared: true }] },
      orderBy: [{ name: "asc" }, { tenantId: "asc" }, { id: "asc" }],
      take: limit,
    }),
  );
}

/** Read by saveCallView: how many a person has in a tenant. */
export async function countCallViews(tx: PrismaTransaction, tenantId: string, personId: string) {
  return tx.callView.count({ where: { tenantId, personId } });
}

/** Read by listCallViews, changeCallView and deleteCallView: one that was saved. */
export async function insertCallView(tx: PrismaTransaction, row: CallViewRow): Promise<void> {
  await tx.callView.createMany({ data: [row] });
}

/** Read by changeCallView and deleteCallView. */
export async function findCallView(
  tx: PrismaTransaction,
  tenantId: string,
  id: string,
): Promise<CallViewRow | null> {
  return tx.callView.findUnique({ where: { tenantId_id: { tenantId, id } } });
}

/** Read by listCallViews: another name, or shared with others. */
export async function updateCallView(
  tx: PrismaTransaction,
  { tenantId, id }: Pick<CallViewRow, "tenantId" | "id">,
  data: Pick<CallViewRow, "name" | "shared">,
): Promise<void> {
  await tx.callView.updateMany({ where: { tenantId, id }, data });
}

/** Read by nobody: deletes one that was saved. */
export async function deleteCallViewRow(tx: PrismaTransaction, tenantId: string, id: string): Promise<void> {
  await tx.callView.deleteMany({ where: { tenantId, id } });
}
