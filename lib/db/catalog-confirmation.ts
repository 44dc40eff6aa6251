import { type PrismaTransaction, querySql } from "./with-tenant.ts";

export type ConfirmationRow = {
  readonly rowTable: string;
  readonly rowId: string;
  readonly rowSha256: string;
  readonly personName: string;
  readonly at: Date;
};

/** Read by confirmedCatalog: the newest word on each row, and for which content it was given. */
export async function newestConfirmations(): Promise<ConfirmationRow[]> {
  return querySql<ConfirmationRow>(
    `SELECT DISTINCT ON (row_table, row_id) row_table AS "rowTable", row_id AS "rowId", row_sha256 AS "rowSha256",
            person_name AS "personName", at
       FROM catalog_confirmation ORDER BY row_table, row_id, at DESC`,
  );
}

export type NewConfirmation = ConfirmationRow & {
  readonly id: string;
  readonly version: number;
  readonly personId: string;
  readonly statement: string;
};

/** Read by newestConfirmations: one person's word about one row. */
export async function insertConfirmation(tx: PrismaTransaction, row: NewConfirmation): Promise<void> {
  await tx.catalogConfirmation.createMany({ data: [row] });
}
