import { z } from "zod";
import type { AlertChannel, DeliveryPage, DeliverySearch, DeliverySummary } from "../../contracts/alerts.ts";
import type { Severity } from "../../contracts/findings.ts";
import type { AlertFacts } from "../../core/alerts/alert.ts";
import type { AlertKind } from "../../core/alerts/alert-kinds.ts";
import { isDeliveryOutcome } from "../../core/alerts/delivery-outcome.ts";
import { describeAlert } from "../../core/alerts/describe-alert.ts";
import {
  type DeliveryPosition,
  type DeliveryRow,
  deliveriesBelow,
  findDelivery,
} from "../../db/alert-delivery.ts";
import { withTenantSql } from "../../db/with-tenant.ts";
import { isUuid, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";

/** What was sent, or waits to be, newest first. */
export async function listDeliveries(actor: Actor, search: DeliverySearch): Promise<DeliveryPage> {
  const { tenantId, slug } = await tenantFor(actor, "alert:read", search.tenant);
  const { state, cursor, limit } = search;
  const below = cursor === undefined ? null : readPosition(cursor);
  const rows = await deliveriesBelow(tenantId, { state, below, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => summaryOf(row, slug)),
    nextCursor: rows.length > shown.length && last ? writePosition(last) : null,
  };
}

/** One of them: what came of a test. */
export async function getDelivery(actor: Actor, tenant: string, id: string): Promise<DeliverySummary> {
  const { tenantId, slug } = await tenantFor(actor, "alert:read", tenant);
  const row = isUuid(id)
    ? await withTenantSql({ read: [tenantId], write: null }, (sql) => findDelivery(sql, tenantId, id))
    : null;
  if (!row) throw new Refusal("not_found", "There is no such message.");
  return summaryOf(row, slug);
}

function summaryOf(row: DeliveryRow, slug: string): DeliverySummary {
  const kind = row.kind as AlertKind;
  const { title, page } = describeAlert({ kind, facts: row.facts as AlertFacts, count: row.count }, slug);
  const ended = row.deliveredAt ?? row.givenUpAt;
  return {
    id: row.id,
    destination: {
      id: row.destinationId,
      name: row.destination,
      kind: row.destinationKind as AlertChannel,
    },
    kind,
    title,
    page,
    severity: row.severity as Severity,
    happenedAt: row.happenedAt.toISOString(),
    noticedAt: row.noticedAt.toISOString(),
    count: row.count,
    state: row.deliveredAt !== null ? "delivered" : row.givenUpAt !== null ? "given_up" : "waiting",
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastAttemptAt: row.lastAttemptAt?.toISOString() ?? null,
    outcome: row.outcome !== null && isDeliveryOutcome(row.outcome) ? row.outcome : null,
    answerStatus: row.answerStatus,
    endedAt: ended?.toISOString() ?? null,
  };
}

const position = z.tuple([z.number().int().min(0).max(8_640_000_000_000_000), z.uuid()]);

function writePosition({ createdAt, id }: DeliveryRow): string {
  return Buffer.from(JSON.stringify([createdAt.getTime(), id])).toString("base64url");
}

/** trust: a cursor comes from a URL; whatever is not of our form is refused. */
function readPosition(cursor: string): DeliveryPosition {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { at: new Date(at), id };
  } catch (cause) {
    throw new Refusal("invalid_input", "This page of the list cannot be found. Start again from the top.", {
      cause,
    });
  }
}
