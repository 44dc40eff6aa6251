import { type PrismaTransaction, type SqlTransaction, withTenant } from "./with-tenant.ts";

export type AlertDestinationRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly address: string;
  readonly country: string;
  readonly minSeverity: string;
  readonly kinds: string[];
  readonly madeBy: string;
  readonly madeById: string;
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  readonly removedAt: Date | null;
  readonly failingSince: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly lastDeliveredAt: Date | null;
  readonly lastOutcome: string | null;
};

/** Read by getAlerts: the destinations of a tenant that were not removed, by name, each with its secrets but for what they say. */
export async function presentDestinations(tenantId: string, now: Date) {
  return withTenant({ read: [tenantId], write: null }, (tx) =>
    tx.alertDestination.findMany({
      where: { tenantId, removedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      include: {
        secrets: {
          where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
          select: { createdAt: true, endsAt: true },
          orderBy: { createdAt: "desc" },
        },
        _count: { select: { deliveries: { where: { nextAttemptAt: { not: null } } } } },
      },
    }),
  );
}

/** Read by createDestination: how many a tenant has. */
export async function countDestinations(tx: PrismaTransaction, tenantId: string): Promise<number> {
  return tx.alertDestination.count({ where: { tenantId, removedAt: null } });
}

/** Read by the verbs that change one: a destination that was not removed. */
export async function findDestination(
  tx: PrismaTransaction,
  tenantId: string,
  id: string,
): Promise<AlertDestinationRow | null> {
  return tx.alertDestination.findFirst({ where: { tenantId, id, removedAt: null } });
}

type NewDestination = Pick<
  AlertDestinationRow,
  | "tenantId"
  | "id"
  | "kind"
  | "name"
  | "address"
  | "country"
  | "minSeverity"
  | "kinds"
  | "madeBy"
  | "madeById"
  | "createdAt"
>;

export async function insertDestination(tx: PrismaTransaction, row: NewDestination): Promise<void> {
  await tx.alertDestination.createMany({ data: [row] });
}

export async function updateDestination(
  tx: PrismaTransaction,
  { tenantId, id }: Pick<AlertDestinationRow, "tenantId" | "id">,
  data: Partial<
    Pick<
      AlertDestinationRow,
      "name" | "address" | "country" | "minSeverity" | "kinds" | "pausedAt" | "removedAt"
    >
  >,
): Promise<void> {
  await tx.alertDestination.updateMany({ where: { tenantId, id }, data });
}

/** Read by deliverAlerts: a new secret. Those of before end at `othersEndAt`, or when they would have, if that is sooner. */
export async function insertSecret(
  tx: PrismaTransaction,
  row: { tenantId: string; destinationId: string; id: string; sealed: Buffer; createdAt: Date },
  othersEndAt: Date,
): Promise<void> {
  const { tenantId, destinationId } = row;
  await endSecrets(tx, tenantId, destinationId, othersEndAt);
  await tx.alertSecret.createMany({ data: [{ ...row, sealed: new Uint8Array(row.sealed) }] });
}

export async function endSecrets(
  tx: PrismaTransaction,
  tenantId: string,
  destinationId: string,
  endsAt: Date,
): Promise<void> {
  await tx.alertSecret.updateMany({
    where: { tenantId, destinationId, OR: [{ endsAt: null }, { endsAt: { gt: endsAt } }] },
    data: { endsAt },
  });
}

export type SealedSecret = { readonly id: string; readonly sealed: Buffer };

/** Read by deliverAlerts: what a webhook's messages are signed with now, the newest first. */
export async function secretsInUse(
  sql: SqlTransaction,
  tenantId: string,
  destinationId: string,
  now: Date,
): Promise<SealedSecret[]> {
  return sql.query<SealedSecret>(
    `SELECT id, sealed FROM alert_secret WHERE tenant_id = $1 AND destination_id = $2 AND (ends_at IS NULL OR ends_at > $3)
      ORDER BY created_at DESC, id DESC LIMIT 5`,
    [tenantId, destinationId, now],
  );
}

export type FailingRow = Pick<AlertDestinationRow, "tenantId" | "id" | "name" | "lastOutcome"> & {
  readonly failingSince: Date;
};

/** Read by listFailing: destinations that nothing has reached since before a moment, the longest first. */
export async function failingDestinations(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  before: Date,
): Promise<FailingRow[]> {
  return sql.query<FailingRow>(
    `SELECT tenant_id AS "tenantId", id, name, failing_since AS "failingSince", last_outcome AS "lastOutcome"
       FROM alert_destination
      WHERE tenant_id = ANY($1::uuid[]) AND removed_at IS NULL AND paused_at IS NULL AND failing_since < $2
      ORDER BY failing_since, id LIMIT 50`,
    [tenantIds, before],
  );
}

/** Read by watchAlerts: since when each of these tenants has destinations. */
export async function watchedTenants(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<{ readonly tenantId: string; readonly since: Date }[]> {
  return sql.query(
    `SELECT tenant_id AS "tenantId", min(created_at) AS since FROM alert_destination
      WHERE tenant_id = ANY($1::uuid[]) AND removed_at IS NULL GROUP BY tenant_id ORDER BY tenant_id`,
    [tenantIds],
  );
}

export type ListeningDestination = Pick<AlertDestinationRow, "id" | "kinds" | "minSeverity">;

/** Read by watchAlerts: who is told now. */
export async function listeningDestinations(
  sql: SqlTransaction,
  tenantId: string,
): Promise<ListeningDestination[]> {
  return sql.query<ListeningDestination>(
    `SELECT id, kinds, min_severity AS "minSeverity" FROM alert_destination
      WHERE tenant_id = $1 AND removed_at IS NULL AND paused_at IS NULL ORDER BY id`,
    [tenantId],
  );
}

/** Read by deliverAlerts. */
export async function destinationOfDelivery(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
): Promise<Pick<AlertDestinationRow, "kind" | "address" | "pausedAt" | "removedAt"> | null> {
  const [row] = await sql.query<Pick<AlertDestinationRow, "kind" | "address" | "pausedAt" | "removedAt">>(
    `SELECT kind, address, paused_at AS "pausedAt", removed_at AS "removedAt" FROM alert_destination WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id],
  );
  return row ?? null;
}

/** Read by getAlerts: how its last attempt ended. */
export async function noteDestination(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
  attempt: { readonly at: Date; readonly outcome: string; readonly isDelivered: boolean },
): Promise<void> {
  await sql.query(
    `UPDATE alert_destination SET last_attempt_at = $3, last_outcome = $4,
       last_delivered_at = CASE WHEN $5 THEN $3::timestamptz ELSE last_delivered_at END,
       failing_since = CASE WHEN $5 THEN NULL ELSE coalesce(failing_since, $3::timestamptz) END
      WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, attempt.at, attempt.outcome, attempt.isDelivered],
  );
}

/** Read by nobody: secrets that are over go. */
export async function deleteEndedSecrets(sql: SqlTransaction, tenantId: string, now: Date): Promise<void> {
  await sql.query("DELETE FROM alert_secret WHERE tenant_id = $1 AND ends_at <= $2", [tenantId, now]);
}
