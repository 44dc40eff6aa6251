import type { RegisterItem } from "../../core/register/register.ts";
import { type RegisterVersionRow, registerVersionsAt } from "../../db/register-version.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { registerItem } from "./register-item.ts";

/** An item of a register with its place in the ledger and who put it there. */
export type RegisterItemAt = RegisterItem & {
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly ledger: { readonly epoch: number; readonly index: number } | null;
};

/**
 * The register as it stood when a log had this size: for a report, which prints the same one each time. Items in the
 * order of their ids, withdrawn ones among them. The caller has checked the actor and may read the tenant.
 */
export async function readRegisterAt(
  sql: SqlTransaction,
  tenantId: string,
  place: { readonly epoch: number; readonly size: number },
): Promise<RegisterItemAt[]> {
  const rows = await registerVersionsAt(sql, tenantId, place);
  return rows.map((row: RegisterVersionRow) => ({
    ...registerItem(row),
    recordedAt: row.createdAt.toISOString(),
    recordedBy: row.createdBy,
    ledger:
      row.ledgerEpoch === null || row.ledgerIndex === null
        ? null
        : { epoch: row.ledgerEpoch, index: row.ledgerIndex },
  }));
}
