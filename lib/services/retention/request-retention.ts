import { v7 } from "uuid";
import type { LiftHoldInput, PlaceHoldInput, RetentionInput } from "../../contracts/retention.ts";
import { dayMs } from "../../core/calendar.ts";
import { retentionPresets } from "../../core/retention/presets.ts";
import {
  insertLegalHold,
  insertRetentionRequest,
  listLegalHolds,
  type NewRetentionRequest,
  retentionInForce,
} from "../../db/retention.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { personOf } from "../access.ts";
import { type MutationContext, mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { holdSummary } from "./hold-summary.ts";

/** A request that nobody decides in this time lapses. */
const openDays = 14;

/** Asks for another period. Nothing changes until a second person approves. */
export const requestRetention = mutation<RetentionInput, { readonly id: string }>({
  permission: "retention:propose",
  event: "retention.requested",
  changesConfig: false,
  run: async (context, { preset, reason }) => {
    const inForce = await retentionInForce(sqlOf(context.tx), context.tenant.tenantId);
    if ((inForce?.preset ?? "keep") === preset)
      throw new Refusal("invalid_input", "This is the period in force.", {
        fields: [{ field: "preset", message: "Choose another one." }],
      });
    const { months, title } = retentionPresets[preset];
    const { id } = await insertRequest(context, { kind: "policy", preset, months, reason });
    return {
      output: { id },
      subject: id,
      detail: { request: "policy", preset, months, title, before: inForce?.preset ?? "keep", reason },
    };
  },
});

/** From now on nothing of the tenant is deleted, whatever was approved. One person places it; two lift it. */
export const placeHold = mutation<PlaceHoldInput, { readonly id: string }>({
  permission: "retention:propose",
  event: "hold.placed",
  changesConfig: false,
  run: async ({ tx, tenant, actor, actorName, at }, { name, reason }) => {
    const id = v7();
    const { personId: placedById } = personOf(actor);
    const row = {
      tenantId: tenant.tenantId,
      id,
      name,
      reason,
      placedBy: actorName,
      placedById,
      placedAt: at,
    };
    await insertLegalHold(tx, row);
    return { output: { id }, subject: id, detail: { name, reason } };
  },
});

/** Asks for the end of a hold. It holds until a second person approves. */
export const requestLift = mutation<LiftHoldInput & { readonly id: string }, { readonly id: string }>({
  permission: "retention:propose",
  event: "hold.lift_requested",
  changesConfig: false,
  run: async (context, { id: holdId, reason }) => {
    const holds = await listLegalHolds(context.tx, context.tenant.tenantId);
    const hold = holds.find((each) => each.id === holdId);
    if (!hold) throw new Refusal("not_found", "There is no such hold.");
    const { liftedAt, liftWaits } = holdSummary(hold, context.at);
    if (liftedAt !== null) throw new Refusal("conflict", "This hold was lifted already.");
    if (liftWaits)
      throw new Refusal("conflict", "Somebody has asked for that already; it waits for a decision.");
    const { id } = await insertRequest(context, { kind: "lift_hold", holdId, reason });
    return {
      output: { id },
      subject: id,
      detail: { request: "lift_hold", hold: holdId, name: hold.name, reason },
    };
  },
});

type Wish = Omit<
  NewRetentionRequest,
  "tenantId" | "id" | "requestedBy" | "requestedById" | "requestedAt" | "expiresAt"
>;

/** Writes what waits for a second person. */
export async function insertRequest(
  { tx, tenant, actor, actorName, at }: MutationContext & { readonly tenant: { readonly tenantId: string } },
  wish: Wish,
): Promise<{ id: string }> {
  const id = v7();
  await insertRetentionRequest(tx, {
    ...wish,
    tenantId: tenant.tenantId,
    id,
    requestedBy: actorName,
    requestedById: personOf(actor).personId,
    requestedAt: at,
    expiresAt: new Date(at.getTime() + openDays * dayMs),
  });
  return { id };
}
