import type { BatchColumn } from "./batch-insert.ts";
import { insertOfTenant } from "./tenant-insert.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** Claims that calls of a tenant share. */
export type ClaimSetRow = { readonly tenantId: string; readonly id: string; readonly claims: unknown };

const columns: readonly BatchColumn<ClaimSetRow>[] = [
  { name: "tenant_id", type: "uuid", value: (row) => row.tenantId },
  { name: "id", type: "uuid", value: (row) => row.id },
  { name: "claims", type: "jsonb", value: (row) => row.claims },
];

/** Read by every reader of `claimsOf`; those that are there stay as they are. */
export async function insertClaimSets(sql: SqlTransaction, rows: readonly ClaimSetRow[]): Promise<void> {
  await insertOfTenant(sql, "claim_set", columns, rows, { onConflict: " ON CONFLICT DO NOTHING" });
}

/** The claims of a row of `call`: its own, or those that it names. */
export function claimsOf(call: string): string {
  return `coalesce(${call}.claims,
    (SELECT s.claims FROM claim_set s WHERE s.tenant_id = ${call}.tenant_id AND s.id = ${call}.claims_id))`;
}
