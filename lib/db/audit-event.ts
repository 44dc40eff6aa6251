import { type BatchColumn, batchInsert, tenantBatchInsert } from "./batch-insert.ts";
import { visibleHead } from "./recording-head.ts";
import type { PrismaTransaction, SqlTransaction } from "./with-tenant.ts";

export type RecordedEvent = {
  readonly id: string;
  readonly at: Date;
  readonly actor: "person" | "gateway" | "system";
  readonly actorId: string;
  readonly actorName: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

/** Where an event stands in its ledger. */
type Place = { readonly ledgerEpoch: number; readonly ledgerIndex: number };

/** Read by the audit trail of a tenant: a change, in the transaction of the change. */
export async function insertAuditEvent(
  tx: PrismaTransaction,
  tenantId: string,
  event: RecordedEvent,
  place: Place,
): Promise<void> {
  await tx.auditEvent.createMany({ data: [{ ...event, ...place, tenantId, detail: asJson(event.detail) }] });
}

/** Read by the audit trail of the deployment. */
export async function insertSystemEvent(
  tx: PrismaTransaction,
  event: RecordedEvent,
  place: Place,
): Promise<void> {
  await tx.systemEvent.createMany({ data: [{ ...event, ...place, detail: asJson(event.detail) }] });
}

const columns: readonly BatchColumn<RecordedEvent & Place>[] = [
  { name: "at", type: "timestamptz", value: (row) => row.at.toISOString() },
  { name: "id", type: "uuid", value: (row) => row.id },
  { name: "actor", type: "text", value: (row) => row.actor },
  { name: "actor_id", type: "text", value: (row) => row.actorId },
  { name: "actor_name", type: "text", value: (row) => row.actorName },
  { name: "kind", type: "text", value: (row) => row.kind },
  { name: "subject", type: "text", value: (row) => row.subject },
  { name: "detail", type: "jsonb", value: (row) => row.detail },
  { name: "ledger_epoch", type: "integer", value: (row) => row.ledgerEpoch },
  { name: "ledger_index", type: "bigint", value: (row) => row.ledgerIndex },
];

/** Read by the audit trail of a tenant, or of the deployment (null): several events of one transaction. */
export async function insertEventRows(
  sql: SqlTransaction,
  tenantId: string | null,
  events: readonly (RecordedEvent & Place)[],
): Promise<void> {
  const ofTenant: BatchColumn<RecordedEvent & Place> = {
    name: "tenant_id",
    type: "uuid",
    value: () => tenantId,
  };
  const { text, values } =
    tenantId === null
      ? batchInsert("system_event", columns, events)
      : tenantBatchInsert(await visibleHead(sql, tenantId), "audit_event", [ofTenant, ...columns], events);
  await sql.query(text, values);
}

function asJson(detail: RecordedEvent["detail"]) {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
  ) as Record<string, string | number | boolean | string[]>;
}
