import type { CallMarks } from "../../db/corroboration.ts";
import type { SoughtCall } from "../../db/gateway-call.ts";
import { startOfCall } from "../calls/start-of-call.ts";

/** What a report says by which the gateway's call is found. */
export function soughtCall(marks: CallMarks): SoughtCall {
  const { clientId, startedAt, gatewayCallId, providerObjectId, traceId } = marks;
  const began = gatewayCallId === null ? null : startOfCall(gatewayCallId);
  return { clientId, startedAt, gatewayCallId, providerObjectId, traceId, began };
}
