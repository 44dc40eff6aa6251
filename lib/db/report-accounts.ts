import type { LogKey } from "./ledger-walk.ts";
import { saidLater } from "./said-later.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** An organization at the provider, whose admin key a tenant gave. */
export type AccountAt = {
  readonly label: string;
  readonly hint: string;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly isReplacement: boolean;
  /** null: it was not, as far as a log of this size says. */
  readonly revokedAt: Date | null;
};

/** Read by stateReconciliation: the accounts that a log of this size knows and that were in use after a moment, oldest first. */
export async function accountsAt(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
  usedAfter: Date,
): Promise<AccountAt[]> {
  const isLater = (kind: string) => saidLater(kind, "a.id::text");
  return sql.query<AccountAt>(
    `SELECT * FROM (
       SELECT a.id, a.label, a.hint, a.added_by AS "addedBy", a.created_at AS "addedAt", a.replaces IS NOT NULL AS "isReplacement",
              CASE WHEN NOT ${isLater("account.revoked")} AND NOT EXISTS (
                SELECT FROM provider_account n WHERE n.tenant_id = a.tenant_id AND n.replaces = a.id AND ${saidLater("account.replaced", "n.id::text")})
              THEN a.revoked_at END AS "revokedAt"
         FROM provider_account a
        WHERE a.tenant_id = $1::uuid AND NOT ${isLater("account.added")} AND NOT ${isLater("account.replaced")}) known
      WHERE "revokedAt" IS NULL OR "revokedAt" > $4::timestamptz ORDER BY "addedAt", id LIMIT 100`,
    [tenantId, epoch, size, usedAfter],
  );
}
