import { v7 } from "uuid";
import type { Alert } from "../../core/alerts/alert.ts";
import type { AlertKind } from "../../core/alerts/alert-kinds.ts";
import { gatherAlerts } from "../../core/alerts/gather-alerts.ts";
import { isWanted } from "../../core/alerts/is-wanted.ts";
import type { Severity } from "../../core/findings/severity.ts";
import { insertDeliveries } from "../../db/alert-delivery.ts";
import {
  type ListeningDestination,
  listeningDestinations,
  watchedTenants,
} from "../../db/alert-destination.ts";
import { insertAlertEvents, keysKnown, lockAlertWatch, moveAlertWatch } from "../../db/alert-event.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { createTurns } from "../jobs/create-turns.ts";
import { readAlerts } from "./read-alerts.ts";

export type Watched = { readonly noticed: number; readonly queued: number };

/** A transaction that writes what is looked for is over within this, and clocks of two machines are not further apart. */
const overlapMs = 3_600_000;

/**
 * Looks through what each tenant's tables say has happened since the last look, or stands now, and queues it for the destinations that
 * asked for it. Nothing that records knows of it. After a time without a worker it finds what happened meanwhile, and tells the
 * oldest first. Safe to repeat: a thing has one key, and is noticed once.
 */
export async function watchAlerts(now: Date): Promise<Watched> {
  let [noticed, queued] = [0, 0];
  const watched = await acrossTenants(watchedTenants);
  const turns = createTurns();
  await turns.each(
    watched,
    ({ tenantId }) => tenantId,
    async ({ tenantId, since }) => {
      const found = await withTenantSql(tenantScope(tenantId), (sql) =>
        watchTenant(sql, tenantId, since, now),
      );
      noticed += found.noticed;
      queued += found.queued;
    },
  );
  turns.end();
  return { noticed, queued };
}

/** crash: events, deliveries and how far was looked are one transaction: all of it is there, or the next look finds it again. */
async function watchTenant(sql: SqlTransaction, tenantId: string, since: Date, now: Date): Promise<Watched> {
  const seenTo = await lockAlertWatch(sql, tenantId, since);
  const from = new Date(Math.max(seenTo.getTime() - overlapMs, since.getTime()));
  const { alerts, isWhole } = await readAlerts(sql, tenantId, { from, since, now });
  const known = await keysKnown(
    sql,
    tenantId,
    alerts.map(({ key }) => key),
  );
  const fresh = alerts.filter(({ key }) => !known.has(key));
  const queued = fresh.length === 0 ? 0 : await queue(sql, tenantId, fresh, now);
  // Where not all was read, the next look begins where this one did.
  if (isWhole) await moveAlertWatch(sql, tenantId, now);
  return { noticed: fresh.length, queued };
}

type Told = Omit<Alert, "key"> & { readonly id: string };

async function queue(
  sql: SqlTransaction,
  tenantId: string,
  fresh: readonly Alert[],
  now: Date,
): Promise<number> {
  const { single, gathered } = gatherAlerts(fresh);
  const byKey = new Map(fresh.map((alert) => [alert.key, alert]));
  const rows: Parameters<typeof insertAlertEvents>[2][number][] = [];
  const told: Told[] = [];
  for (const alert of single) {
    const id = v7();
    rows.push({ ...alert, id, noticedAt: now, gatheredInto: null });
    told.push({ ...alert, id });
  }
  for (const { alert, members } of gathered) {
    const id = v7();
    rows.push({ ...alert, key: `gathered:${id}`, id, noticedAt: now, gatheredInto: null });
    told.push({ ...alert, id });
    for (const key of members) {
      const member = byKey.get(key);
      if (member) rows.push({ ...member, id: v7(), noticedAt: now, gatheredInto: id });
    }
  }
  await insertAlertEvents(sql, tenantId, rows);
  const destinations = await listeningDestinations(sql, tenantId);
  const deliveries = destinations.flatMap((destination) => wanted(destination, told));
  await insertDeliveries(sql, tenantId, deliveries, now);
  return deliveries.length;
}

function wanted({ id: destinationId, kinds, minSeverity }: ListeningDestination, told: readonly Told[]) {
  const wish = { kinds: kinds as AlertKind[], minSeverity: minSeverity as Severity };
  return told
    .filter((alert) => isWanted(alert, wish))
    .map(({ id: eventId }) => ({ id: v7(), destinationId, eventId }));
}
