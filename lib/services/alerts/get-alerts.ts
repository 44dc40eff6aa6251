import type {
  AlertBook,
  AlertChannel,
  DestinationState,
  DestinationSummary,
} from "../../contracts/alerts.ts";
import type { Severity } from "../../contracts/findings.ts";
import type { AlertKind } from "../../core/alerts/alert-kinds.ts";
import { isDeliveryOutcome } from "../../core/alerts/delivery-outcome.ts";
import { presentDestinations } from "../../db/alert-destination.ts";
import { watchedTo } from "../../db/alert-event.ts";
import { findTenantById } from "../../db/tenant.ts";
import { sendsMail } from "../../env/alert-settings.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { shownAddress } from "./destination-words.ts";

/** A look every 15 seconds, and one that takes long. */
const lateAfterMs = 5 * 60_000;

type Row = Awaited<ReturnType<typeof presentDestinations>>[number];

/** Where a tenant's alerts go, and whether they arrive. */
export async function getAlerts(actor: Actor, tenantName: string): Promise<AlertBook> {
  const { tenantId, role } = await tenantFor(actor, "alert:read", tenantName);
  const tenant = await findTenantById(tenantId);
  if (!tenant) throw new Refusal("not_found", "There is no such tenant.");
  const now = new Date();
  const rows = await presentDestinations(tenantId, now);
  const since = rows.map(({ createdAt }) => createdAt.getTime());
  // What was looked through before the first of them was there is nobody's matter.
  const seenTo = rows.length === 0 ? null : await watchedTo(tenantId);
  const lookedTo = seenTo !== null && seenTo.getTime() >= Math.min(...since) ? seenTo : null;
  const waitedMs = now.getTime() - (lookedTo?.getTime() ?? Math.min(...since));
  return {
    tenant: { slug: tenant.slug, name: tenant.name, mode: tenant.mode, role },
    mail: sendsMail(),
    lookedTo: lookedTo?.toISOString() ?? null,
    isLate: rows.length > 0 && waitedMs > lateAfterMs,
    destinations: rows.map(summaryOf),
  };
}

function summaryOf(row: Row): DestinationSummary {
  const [secret, before] = row.secrets;
  const state = stateOf(row);
  const since = state === "paused" ? row.pausedAt : state === "failing" ? row.failingSince : null;
  return {
    id: row.id,
    kind: row.kind as AlertChannel,
    name: row.name,
    address: shownAddress(row),
    country: row.country,
    madeBy: row.madeBy,
    createdAt: row.createdAt.toISOString(),
    minSeverity: row.minSeverity as Severity,
    kinds: row.kinds as AlertKind[],
    state,
    since: since?.toISOString() ?? null,
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    lastOutcome: row.lastOutcome !== null && isDeliveryOutcome(row.lastOutcome) ? row.lastOutcome : null,
    waiting: row._count.deliveries,
    secretSince: secret?.createdAt.toISOString() ?? null,
    oldSecretUntil: before?.endsAt?.toISOString() ?? null,
  };
}

function stateOf({ pausedAt, failingSince, lastDeliveredAt }: Row): DestinationState {
  if (pausedAt !== null) return "paused";
  if (failingSince !== null) return "failing";
  return lastDeliveredAt === null ? "never" : "delivering";
}
