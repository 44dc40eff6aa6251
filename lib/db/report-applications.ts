import type { LogKey } from "./ledger-walk.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** What an application was declared as before somebody declared it anew. */
export type EarlierDeclaration = {
  readonly applicationId: string;
  readonly dataCategory: string;
  readonly purpose: string;
  readonly owner: string | null;
};

/** Read by applicationsAt: of each application that was declared anew behind a log's size, what had been declared till then. */
export async function declarationsBefore(
  sql: SqlTransaction,
  { tenantId, epoch }: LogKey,
  size: number,
): Promise<EarlierDeclaration[]> {
  return sql.query<EarlierDeclaration>(
    `SELECT DISTINCT ON (subject) subject AS "applicationId", detail->>'dataCategoryBefore' AS "dataCategory",
            detail->>'purposeBefore' AS purpose, detail->>'ownerBefore' AS owner
       FROM audit_event WHERE tenant_id = $1::uuid AND kind = 'application.declared'
        AND (ledger_epoch > $2::int OR (ledger_epoch = $2::int AND ledger_index >= $3::bigint))
      ORDER BY subject, ledger_epoch, ledger_index`,
    [tenantId, epoch, size],
  );
}
