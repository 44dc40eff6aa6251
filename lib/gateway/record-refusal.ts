import { GatewayRefusal } from "./answer-error.ts";
import type { Gateway } from "./gateway.ts";
import { type PlannedCall, refusedRecordOf } from "./record.ts";

/**
 * Records a call that was refused before a byte of it left, and gives the refusal back. The call has a place in the close
 * queue. null: the tenant has no key that may be sent.
 */
export function recordRefusal(
  gateway: Gateway,
  call: PlannedCall,
  refusal: GatewayRefusal | null,
): GatewayRefusal {
  const given = refusal ?? new GatewayRefusal("no_provider_credential");
  const { code, message } = given;
  gateway.closing.add(refusedRecordOf(call, { code, message }, null, Date.now()));
  return given;
}
