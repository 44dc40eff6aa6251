import { newCallId } from "../services/calls/new-call-id.ts";
import { GatewayRefusal } from "./answer-error.ts";
import type { Gateway } from "./gateway.ts";
import { type IntentNumber, IntentUnavailable } from "./intents.ts";
import { intentOf, type PlannedCall, refusedRecordOf } from "./record.ts";

/** The call as it leaves: under another id, and marked, where it had to be spooled. */
export type OpenedCall = { readonly call: PlannedCall; readonly intent: IntentNumber };

/**
 * Makes the intent of a planned call durable, in the store or, where the tenant's policy says so, on this gateway's disk.
 * The call has a place in the close queue; where this throws, it has given it back.
 *
 * crash: nothing of the request has left before this resolves.
 */
export async function openCall(gateway: Gateway, call: PlannedCall): Promise<OpenedCall> {
  const spool = call.route.policy.policy.onEvidenceLoss === "spool" ? gateway.spool : null;
  // A policy that nobody could confirm may be an old one: what is sent by it is a gap, also where the store is back by now.
  if (spool && !gateway.identifier.config.isConfirmed()) return openInSpool(gateway, call, spool, null);
  try {
    return { call, intent: await gateway.intents.open(intentOf(call)) };
  } catch (error) {
    const inDoubt = error instanceof IntentUnavailable ? error.intent : null;
    if (!spool) throw refuse(gateway, call, inDoubt, error);
    return openInSpool(gateway, call, spool, { inDoubt, error });
  }
}

type Failed = { readonly inDoubt: IntentNumber | null; readonly error: unknown };

async function openInSpool(
  gateway: Gateway,
  call: PlannedCall,
  spool: NonNullable<Gateway["spool"]>,
  failed: Failed | null,
): Promise<OpenedCall> {
  const inDoubt = failed?.inDoubt ?? null;
  // A row of this id may be in the store; a call that goes on needs one that has a single number.
  const id = inDoubt ? newCallId(call.startedAt) : call.id;
  const spooled: PlannedCall = { ...call, id, gap: "spooled" };
  try {
    const intent = await spool.open(intentOf(spooled), call.route.pin, call.route.deployment);
    if (inDoubt) giveUp(gateway, call, inDoubt, id);
    gateway.metrics.intents("spooled", 1);
    return { call: spooled, intent };
  } catch (error) {
    throw refuse(gateway, call, inDoubt, failed?.error ?? error);
  }
}

/** The number that the store may hold gets its entry: nothing left under it. */
function giveUp(gateway: Gateway, call: PlannedCall, inDoubt: IntentNumber, id: string): void {
  // Without a place it has none: then the sweeper says of this number that its end is unknown.
  if (!gateway.closing.reserve(call.caller.config.tenant.id)) return;
  const message = `The store did not take this number in time. The call went on as ${id}, from the gateway's spool.`;
  gateway.closing.add(refusedRecordOf(call, { code: "evidence_unavailable", message }, inDoubt, Date.now()));
}

function refuse(
  gateway: Gateway,
  call: PlannedCall,
  inDoubt: IntentNumber | null,
  cause: unknown,
): GatewayRefusal {
  gateway.metrics.intents("refused", 1);
  const refusal = new GatewayRefusal("evidence_unavailable", { cause });
  const { code, message } = refusal;
  // The row may be there after all: then the refusal is what has to be recorded under its number.
  if (inDoubt) gateway.closing.add(refusedRecordOf(call, { code, message }, inDoubt, Date.now()));
  else gateway.closing.release(call.caller.config.tenant.id);
  return refusal;
}
