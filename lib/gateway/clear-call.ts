import { targetUp } from "../core/upstreams/target-up.ts";
import { GatewayRefusal } from "./answer-error.ts";
import type { Gateway } from "./gateway.ts";
import { type OpenedCall, openCall } from "./open-call.ts";
import type { PlannedCall } from "./record.ts";
import { recordRefusal } from "./record-refusal.ts";

/** A call that may leave. */
export type ClearedCall = {
  readonly opened: OpenedCall;
  /** Path and query at the upstream. */
  readonly target: string;
  readonly providerKey: string;
};

/**
 * The last steps before the first byte of a call leaves: what refuses it is recorded, else its intent is made durable.
 * `refusal`: by what was planned and read until now; null: nothing refuses it. Throws `GatewayRefusal`; then the call has no place
 * in the close queue any more.
 */
export async function clearCall(
  gateway: Gateway,
  call: PlannedCall,
  query: string,
  refusal: GatewayRefusal | null,
): Promise<ClearedCall> {
  const { path, reading } = call;
  const { upstream, providerKey } = call.route;
  if (refusal) throw recordRefusal(gateway, call, refusal);
  if (providerKey === null) throw recordRefusal(gateway, call, new GatewayRefusal("no_provider_credential"));
  const target = targetUp(upstream, { path, query, model: reading.model });
  if (target === null) throw recordRefusal(gateway, call, new GatewayRefusal("deployment_missing"));
  if (!gateway.closing.reserve(call.caller.config.tenant.id))
    throw new GatewayRefusal("evidence_unavailable");
  // crash: durable before the first byte of this request leaves. From here on the sweeper knows of the call.
  const opened = await openCall(gateway, call);
  return { opened, target, providerKey };
}
