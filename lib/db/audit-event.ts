import type { PrismaTransaction } from "./with-tenant.ts";

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

function asJson(detail: RecordedEvent["detail"]) {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
  ) as Record<string, string | number | boolean | string[]>;
}
