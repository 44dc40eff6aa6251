import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type NewRegisterVersion = {
  readonly tenantId: string;
  readonly itemId: string;
  readonly version: number;
  readonly kind: string;
  readonly content: object;
  readonly sha256: string;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdById: string | null;
  readonly eventId: string;
};

/** Read by getRegister and readRegisterAt: one version more. The key refuses a number that is taken. */
export async function insertRegisterVersion(tx: PrismaTransaction, row: NewRegisterVersion): Promise<void> {
  await tx.registerVersion.createMany({ data: [row] });
}

/** Read by the verbs that record: an item's newest version. */
export async function newestRegisterVersion(tx: PrismaTransaction, tenantId: string, itemId: string) {
  return tx.registerVersion.findFirst({ where: { tenantId, itemId }, orderBy: { version: "desc" } });
}

/** Read by recordItem: how many items the register holds. */
export async function countRegisterItems(tx: PrismaTransaction, tenantId: string): Promise<number> {
  return tx.registerVersion.count({ where: { tenantId, version: 1 } });
}

export type RegisterVersionRow = {
  readonly itemId: string;
  readonly version: number;
  readonly content: unknown;
  readonly sha256: string;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly createdById: string | null;
  readonly ledgerEpoch: number | null;
  readonly ledgerIndex: number | null;
};

// The event says where the version stands in the ledger. A version and its event are written in one transaction, at one
// moment, so the join is by a whole key.
const columns = `v.item_id AS "itemId", v.version, v.content, v.sha256, v.reason, v.created_at AS "createdAt",
       v.created_by AS "createdBy", v.created_by_id AS "createdById",
       e.ledger_epoch AS "ledgerEpoch", e.ledger_index::float8 AS "ledgerIndex"
  FROM register_version v
  JOIN audit_event e ON e.tenant_id = v.tenant_id AND e.at = v.created_at AND e.id = v.event_id
 WHERE v.tenant_id = $1::uuid`;

/** Read by getRegister: every version of every item, the newest first. */
export async function listRegisterVersions(
  sql: SqlTransaction,
  tenantId: string,
  limit: number,
): Promise<RegisterVersionRow[]> {
  return sql.query(`SELECT ${columns} ORDER BY v.created_at DESC, v.item_id, v.version DESC LIMIT $2::int`, [
    tenantId,
    limit,
  ]);
}

/** Read by readRegisterAt: each item's newest version among the entries of a log below a size. */
export async function registerVersionsAt(
  sql: SqlTransaction,
  tenantId: string,
  place: { readonly epoch: number; readonly size: number },
): Promise<RegisterVersionRow[]> {
  return sql.query(
    `SELECT DISTINCT ON (v.item_id) ${columns}
        AND (e.ledger_epoch < $2::int OR (e.ledger_epoch = $2::int AND e.ledger_index < $3::bigint))
      ORDER BY v.item_id, v.version DESC`,
    [tenantId, place.epoch, place.size],
  );
}
