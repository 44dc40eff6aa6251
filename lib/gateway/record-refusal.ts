import { GatewayRefusal } from "./answer-error.ts";
import type { Gateway } from "./gateway.ts";
import { type PlannedCall, refusedRecordOf } from "./record.ts";

/**
 * Records a call that was refused before a byte of it left, and gives back what its caller is told: the refusal, or that
 * nothing can be recorded at the moment. The call must have no place in the close queue.
 */
export function recordRefusal(gateway: Gateway, call: PlannedCall, refusal: GatewayRefusal): GatewayRefusal {
  if (!gateway.closing.reserve(call.caller.config.tenant.id))
    return new GatewayRefusal("evidence_unavailable");
  const { code, message } = refusal;
  gateway.closing.add(refusedRecordOf(call, { code, message }, null, Date.now()));
  return refusal;
}
