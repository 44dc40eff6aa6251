import { type PrismaTransaction, readTenantsSql, type SqlTransaction } from "./with-tenant.ts";

/** Read by deliverAlerts: something that a destination is to be told. */
export async function insertDeliveries(
  sql: SqlTransaction,
  tenantId: string,
  rows: readonly { readonly id: string; readonly destinationId: string; readonly eventId: string }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO alert_delivery (tenant_id, id, destination_id, event_id, created_at, next_attempt_at)
     SELECT $1::uuid, b.id, b.destination_id, b.event_id, $5::timestamptz, $5::timestamptz
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS b(id, destination_id, event_id)
     ON CONFLICT (tenant_id, destination_id, event_id) DO NOTHING`,
    [
      tenantId,
      rows.map(({ id }) => id),
      rows.map(({ destinationId }) => destinationId),
      rows.map(({ eventId }) => eventId),
      at,
    ],
  );
}

export type DueDestination = { readonly tenantId: string; readonly destinationId: string };

/** Read by deliverAlerts: to which destinations something is due, whoever has waited longest first. */
export async function dueDestinations(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  now: Date,
): Promise<DueDestination[]> {
  return sql.query<DueDestination>(
    `SELECT tenant_id AS "tenantId", destination_id AS "destinationId" FROM alert_delivery
      WHERE tenant_id = ANY($1::uuid[]) AND next_attempt_at <= $2 AND (claimed_until IS NULL OR claimed_until <= $2)
      GROUP BY 1, 2 ORDER BY min(next_attempt_at), 2`,
    [tenantIds, now],
  );
}

export type ClaimedDelivery = {
  readonly id: string;
  readonly attempts: number;
  readonly eventId: string;
  readonly kind: string;
  readonly severity: string;
  readonly happenedAt: Date;
  readonly noticedAt: Date;
  readonly facts: object;
  readonly count: number;
};

/** Read by deliverAlerts: takes what a destination is told next, the oldest first, until `until`. Nobody else takes it meanwhile. */
export async function claimDelivery(
  sql: SqlTransaction,
  { tenantId, destinationId }: DueDestination,
  now: Date,
  until: Date,
): Promise<ClaimedDelivery | null> {
  const [row] = await sql.query<ClaimedDelivery>(
    `WITH next AS (
       SELECT d.id FROM alert_delivery d JOIN alert_event e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
        WHERE d.tenant_id = $1 AND d.destination_id = $2 AND d.next_attempt_at <= $3
          AND (d.claimed_until IS NULL OR d.claimed_until <= $3)
        ORDER BY e.happened_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
     UPDATE alert_delivery d SET claimed_until = $4 FROM next, alert_event e
      WHERE d.tenant_id = $1 AND d.id = next.id AND e.tenant_id = $1 AND e.id = d.event_id
     RETURNING d.id, d.attempts, e.id AS "eventId", e.kind, e.severity, e.happened_at AS "happenedAt",
       e.noticed_at AS "noticedAt", e.facts, e.count`,
    [tenantId, destinationId, now, until],
  );
  return row ?? null;
}

/** Read by listDeliveries: what came of an attempt. `nextAttemptAt` null and not delivered: it is given up. */
export async function noteAttempt(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
  attempt: {
    readonly at: Date;
    readonly outcome: string;
    readonly status: number | null;
    readonly isDelivered: boolean;
    readonly nextAttemptAt: Date | null;
  },
): Promise<void> {
  const { at, outcome, status, isDelivered, nextAttemptAt } = attempt;
  await sql.query(
    `UPDATE alert_delivery SET attempts = attempts + 1, claimed_until = NULL, last_attempt_at = $3, outcome = $4, answer_status = $5,
       delivered_at = CASE WHEN $6 THEN $3::timestamptz END, next_attempt_at = $7,
       given_up_at = CASE WHEN NOT $6 AND $7::timestamptz IS NULL THEN $3::timestamptz END
      WHERE tenant_id = $1 AND id = $2 AND delivered_at IS NULL`,
    [tenantId, id, at, outcome, status, isDelivered, nextAttemptAt],
  );
}

/** Read by listDeliveries: what waits for a destination that is told nothing any more. */
export async function giveUpWaiting(
  tx: PrismaTransaction,
  { tenantId, destinationId }: DueDestination,
  outcome: string,
  at: Date,
): Promise<number> {
  const { count } = await tx.alertDelivery.updateMany({
    where: { tenantId, destinationId, nextAttemptAt: { not: null } },
    data: { nextAttemptAt: null, givenUpAt: at, outcome },
  });
  return count;
}

/** Read by retryDelivery: whether the tenant has it. */
export async function hasDelivery(tx: PrismaTransaction, tenantId: string, id: string): Promise<boolean> {
  return (await tx.alertDelivery.count({ where: { tenantId, id } })) > 0;
}

/** Read by deliverAlerts: it is tried again at once. False: it was delivered, or its destination is told nothing. */
export async function retryNow(
  tx: PrismaTransaction,
  tenantId: string,
  id: string,
  at: Date,
): Promise<boolean> {
  const { count } = await tx.alertDelivery.updateMany({
    where: { tenantId, id, deliveredAt: null, destination: { removedAt: null, pausedAt: null } },
    data: { nextAttemptAt: at, givenUpAt: null },
  });
  return count === 1;
}

export type DeliveryPosition = { readonly at: Date; readonly id: string };

export type DeliveryRow = {
  readonly id: string;
  readonly destinationId: string;
  readonly destination: string;
  readonly destinationKind: string;
  readonly kind: string;
  readonly severity: string;
  readonly happenedAt: Date;
  readonly noticedAt: Date;
  readonly facts: object;
  readonly count: number;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly outcome: string | null;
  readonly answerStatus: number | null;
  readonly deliveredAt: Date | null;
  readonly givenUpAt: Date | null;
};

const columns = `d.id, d.destination_id AS "destinationId", t.name AS destination, t.kind AS "destinationKind", e.kind, e.severity,
  e.happened_at AS "happenedAt", e.noticed_at AS "noticedAt", e.facts, e.count, d.created_at AS "createdAt", d.attempts,
  d.next_attempt_at AS "nextAttemptAt", d.last_attempt_at AS "lastAttemptAt", d.outcome, d.answer_status AS "answerStatus",
  d.delivered_at AS "deliveredAt", d.given_up_at AS "givenUpAt"`;
const from = `alert_delivery d JOIN alert_event e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
  JOIN alert_destination t ON t.tenant_id = d.tenant_id AND t.id = d.destination_id`;

/** By state. A message that waits for its first or its next attempt is waiting. */
export type DeliveryFilter = "all" | "waiting" | "delivered" | "given_up";

const byState: Readonly<Record<DeliveryFilter, string>> = {
  all: "true",
  waiting: "d.next_attempt_at IS NOT NULL",
  delivered: "d.delivered_at IS NOT NULL",
  given_up: "d.given_up_at IS NOT NULL",
};

/** Read by listDeliveries: newest first. */
export async function deliveriesBelow(
  tenantId: string,
  { state, below, limit }: { state: DeliveryFilter; below: DeliveryPosition | null; limit: number },
): Promise<DeliveryRow[]> {
  return readTenantsSql([tenantId], (sql) =>
    sql.query<DeliveryRow>(
      `SELECT ${columns} FROM ${from} WHERE d.tenant_id = $1 AND ${byState[state]}
          AND ($2::timestamptz IS NULL OR (d.created_at, d.id) < ($2, $3::uuid))
        ORDER BY d.created_at DESC, d.id DESC LIMIT $4`,
      [tenantId, below?.at ?? null, below?.id ?? null, limit],
    ),
  );
}

/** Read by getDelivery. */
export async function findDelivery(
  sql: SqlTransaction,
  tenantId: string,
  id: string,
): Promise<DeliveryRow | null> {
  const [row] = await sql.query<DeliveryRow>(
    `SELECT ${columns} FROM ${from} WHERE d.tenant_id = $1 AND d.id = $2`,
    [tenantId, id],
  );
  return row ?? null;
}
