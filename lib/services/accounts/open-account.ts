import { sealedAccount } from "../../db/provider-account.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { openSecret } from "../secrets/seal-secret.ts";

export type OpenAccount = {
  /** In the clear: for one question, and for nobody else. */
  readonly secret: string;
  readonly mode: "live" | "simulated";
};

/** The admin key of an account, which only a gateway may read; null where the tenant has no such account in use. */
export async function openAccount(tenantId: string, accountId: string): Promise<OpenAccount | null> {
  const row = await withTenantSql(tenantScope(tenantId), (sql) => sealedAccount(sql, tenantId, accountId));
  return row && { secret: openSecret(row.sealed, { tenantId, accountId }), mode: row.mode };
}
