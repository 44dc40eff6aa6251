import type { SqlTransaction } from "./with-tenant.ts";

/** Read by closeBoot: whether the tenant's log has the boot's last word. */
export async function isBootClosed(sql: SqlTransaction, tenantId: string, bootId: string): Promise<boolean> {
  const rows = await sql.query("SELECT 1 FROM ledger_boot_closing WHERE tenant_id = $1 AND boot_id = $2", [
    tenantId,
    bootId,
  ]);
  return rows.length > 0;
}

/** Read by isBootClosed. A second one for the same boot is refused by the key. */
export async function insertBootClosing(
  sql: SqlTransaction,
  closing: { tenantId: string; bootId: string; epoch: number; index: number },
): Promise<void> {
  const { tenantId, bootId, epoch, index } = closing;
  await sql.query(
    "INSERT INTO ledger_boot_closing (tenant_id, boot_id, epoch, index) VALUES ($1, $2, $3, $4)",
    [tenantId, bootId, epoch, index],
  );
}
