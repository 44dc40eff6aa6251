import { v7 } from "uuid";
import type { SentTest } from "../../contracts/alerts.ts";
import { newAlert } from "../../core/alerts/alert.ts";
import { hasDelivery, insertDeliveries, retryNow } from "../../db/alert-delivery.ts";
import { insertAlertEvents } from "../../db/alert-event.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { isUuid } from "../access.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { demandDestination } from "./change-destination.ts";

type Which = { readonly tenant: string; readonly id: string };

/** Puts a test at the head of the queue: the worker sends it as it sends everything, once. What came of it stands in the list. */
export const sendTest = mutation<Which, SentTest>({
  permission: "alert:write",
  event: "alert_destination.tested",
  changesConfig: false,
  run: async ({ tx, at, tenant: { tenantId } }, { id }) => {
    const { name } = await demandDestination(tx, tenantId, id);
    const eventId = v7();
    const alert = newAlert("test", `test:${eventId}`, at.toISOString(), {});
    const sql = sqlOf(tx);
    await insertAlertEvents(sql, tenantId, [{ ...alert, id: eventId, noticedAt: at, gatheredInto: null }]);
    const deliveryId = v7();
    await insertDeliveries(sql, tenantId, [{ id: deliveryId, destinationId: id, eventId }], at);
    return { output: { deliveryId }, subject: id, detail: { name } };
  },
});

/** One more attempt, at once, of what waits or was given up. */
export const retryDelivery = mutation<Which, void>({
  permission: "alert:write",
  event: "alert_delivery.retried",
  changesConfig: false,
  run: async ({ tx, at, tenant: { tenantId } }, { id }) => {
    if (!isUuid(id) || !(await hasDelivery(tx, tenantId, id)))
      throw new Refusal("not_found", "There is no such message.");
    if (!(await retryNow(tx, tenantId, id, at)))
      throw new Refusal("conflict", "It was delivered already, or its destination is paused or removed.");
    return { output: undefined, subject: id, detail: {} };
  },
});
