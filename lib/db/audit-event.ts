import type { PrismaTransaction } from "./with-tenant.ts";

export type RecordedEvent = {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

/** Read by the audit trail of a tenant: a change, in the transaction of the change. */
export async function insertAuditEvent(
  tx: PrismaTransaction,
  tenantId: string,
  event: RecordedEvent,
): Promise<void> {
  await tx.auditEvent.createMany({ data: [{ ...event, tenantId, detail: asJson(event.detail) }] });
}

/** Read by the audit trail of the deployment. */
export async function insertSystemEvent(tx: PrismaTransaction, event: RecordedEvent): Promise<void> {
  await tx.systemEvent.createMany({ data: [{ ...event, detail: asJson(event.detail) }] });
}

function asJson(detail: RecordedEvent["detail"]) {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
  ) as Record<string, string | number | boolean | string[]>;
}
