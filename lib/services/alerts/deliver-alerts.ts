import { setTimeout as wait } from "node:timers/promises";
import type { Alert, AlertFacts } from "../../core/alerts/alert.ts";
import type { AlertKind } from "../../core/alerts/alert-kinds.ts";
import type { AlertMessage, AlertReceiver, Sent } from "../../core/alerts/alert-message.ts";
import { attemptsMax, retryDelayMs } from "../../core/alerts/retry.ts";
import {
  type ClaimedDelivery,
  claimDelivery,
  type DueDestination,
  dueDestinations,
  noteAttempt,
} from "../../db/alert-delivery.ts";
import {
  destinationOfDelivery,
  noteDestination,
  type SealedSecret,
  secretsInUse,
} from "../../db/alert-destination.ts";
import { findTenantById } from "../../db/tenant.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { openSecret } from "../secrets/seal-secret.ts";

export type Delivering = {
  /** One attempt. Never throws for what a receiver does. */
  readonly send: (receiver: AlertReceiver, message: AlertMessage) => Promise<Sent>;
  /** Where people open the product. */
  readonly webUrl: string;
  /** From 0 to below 1. */
  readonly dice: () => number;
  /** Milliseconds that no change of the time touches. */
  readonly clock: () => number;
};

export type Delivered = { readonly delivered: number; readonly failed: number; readonly givenUp: number };

/** Longer than any attempt. */
const claimMs = 60_000;
const destinationsMax = 16;
const lookAgainMs = 1_000;
/** Then a pass begins no more attempts: who rests does not wait for one that takes its time over each of many. */
const passMs = 10_000;

/**
 * Sends what is due, each destination on its own: while one keeps us waiting the others go on. After a failure a destination rests until
 * the next pass. Ends when nothing is on its way, or early, on the signal or after ten seconds, behind the attempts that were begun.
 *
 * crash: it is claimed, then sent, then noted. Whoever dies in between has sent it perhaps; behind the claim it is sent again, under
 * the same id.
 */
export async function deliverAlerts(delivering: Delivering, signal: AbortSignal): Promise<Delivered> {
  const until = delivering.clock() + passMs;
  const isOver = () => signal.aborted || delivering.clock() >= until;
  const counts = { delivered: 0, failed: 0, givenUp: 0 };
  const running = new Map<string, Promise<void>>();
  const rested = new Set<string>();
  const broken: unknown[] = [];
  const start = (due: DueDestination): void => {
    const id = nameOf(due);
    const chain = tellDestination(delivering, due, isOver, counts)
      .catch((error: unknown) => broken.push(error))
      .then(() => {
        rested.add(id);
        running.delete(id);
      });
    running.set(id, chain);
  };
  try {
    for (;;) {
      if (!isOver())
        for (const due of await findDue())
          if (!running.has(nameOf(due)) && !rested.has(nameOf(due)) && running.size < destinationsMax)
            start(due);
      if (running.size === 0) break;
      await Promise.race([...running.values(), wait(lookAgainMs, undefined, { ref: false })]);
    }
  } finally {
    await Promise.all(running.values());
  }
  const [first] = broken;
  if (first !== undefined) throw first;
  return counts;
}

const nameOf = ({ tenantId, destinationId }: DueDestination): string => `${tenantId} ${destinationId}`;

const findDue = (): Promise<DueDestination[]> =>
  acrossTenants((sql, tenantIds) => dueDestinations(sql, tenantIds, new Date()));

/** All that is due, the oldest first, until one fails or the pass is over. */
async function tellDestination(
  delivering: Delivering,
  due: DueDestination,
  isOver: () => boolean,
  counts: { delivered: number; failed: number; givenUp: number },
): Promise<void> {
  while (!isOver()) {
    const now = new Date();
    const claimed = await withTenantSql(tenantScope(due.tenantId), (sql) =>
      claimDelivery(sql, due, now, new Date(now.getTime() + claimMs)),
    );
    if (claimed === null) return;
    const outcome = await attempt(delivering, due, claimed, now);
    counts[outcome] += 1;
    if (outcome !== "delivered") return;
  }
}

async function attempt(
  delivering: Delivering,
  { tenantId, destinationId }: DueDestination,
  claimed: ClaimedDelivery,
  now: Date,
): Promise<keyof Delivered> {
  const [destination, sealed] = await withTenantSql({ read: [tenantId], write: null }, async (sql) => [
    await destinationOfDelivery(sql, tenantId, destinationId),
    await secretsInUse(sql, tenantId, destinationId, now),
  ]);
  const tenant = await findTenantById(tenantId);
  if (!destination || !tenant) throw new Error("A message without its destination or its tenant.");
  const held = heldBack(destination, claimed);
  const receiver = receiverOf(destination, tenantId, sealed);
  const sent: Sent =
    held !== null
      ? { outcome: held, status: null }
      : receiver === null
        ? { outcome: "no_secret", status: null }
        : await delivering.send(receiver, messageOf(claimed, tenant, delivering.webUrl));
  const at = new Date();
  const isDelivered = sent.outcome === "delivered";
  const tries = claimed.attempts + 1;
  const isLast = isDelivered || held !== null || claimed.kind === "test" || tries >= attemptsMax;
  const delayMs = isLast ? null : retryDelayMs(tries, delivering.dice());
  await withTenantSql(tenantScope(tenantId), async (sql) => {
    await noteAttempt(sql, tenantId, claimed.id, {
      at,
      outcome: sent.outcome,
      status: sent.status,
      isDelivered,
      nextAttemptAt: delayMs === null ? null : new Date(at.getTime() + delayMs),
    });
    if (held === null)
      await noteDestination(sql, tenantId, destinationId, { at, outcome: sent.outcome, isDelivered });
  });
  return isDelivered ? "delivered" : delayMs === null ? "givenUp" : "failed";
}

/** Why it is not sent: it was on its way when somebody paused or removed the destination. A test is sent while it is paused, too. */
function heldBack(
  { removedAt, pausedAt }: { readonly removedAt: Date | null; readonly pausedAt: Date | null },
  { kind }: ClaimedDelivery,
): "removed" | "paused" | null {
  if (removedAt !== null) return "removed";
  return pausedAt !== null && kind !== "test" ? "paused" : null;
}

/** Null: there is no secret, or none that this master key opens. A message that nobody can verify is not sent. */
function receiverOf(
  { kind, address }: { readonly kind: string; readonly address: string },
  tenantId: string,
  sealed: readonly SealedSecret[],
): AlertReceiver | null {
  if (kind === "email") return { kind, address };
  const secrets = sealed.flatMap(({ id, sealed: bytes }) => {
    try {
      return [openSecret(bytes, { tenantId, alertSecretId: id })];
    } catch {
      return [];
    }
  });
  return secrets.length === 0 ? null : { kind: "webhook", address, secrets };
}

function messageOf(
  claimed: ClaimedDelivery,
  tenant: { readonly slug: string; readonly name: string; readonly mode: string },
  webUrl: string,
): AlertMessage {
  return {
    id: claimed.id,
    eventId: claimed.eventId,
    kind: claimed.kind as AlertKind,
    severity: claimed.severity as Alert["severity"],
    happenedAt: claimed.happenedAt.toISOString(),
    noticedAt: claimed.noticedAt.toISOString(),
    facts: claimed.facts as AlertFacts,
    count: claimed.count,
    tenant: { slug: tenant.slug, name: tenant.name, simulated: tenant.mode === "simulated" },
    webUrl,
  };
}
