import { asToken } from "../../core/calls/json-fields.ts";
import type { GatewayRefusal } from "../answer-error.ts";

/** A refusal as the provider says errors in a session. `lane`: the `stream_id` of what is refused, where it has one. */
export function errorEvent({ code, message }: GatewayRefusal, lane: unknown = undefined): string {
  const error = { type: "invalid_request_error", code, message, param: null, event_id: null };
  const named = asToken(lane, 128);
  const stream = named === null ? {} : { stream_id: named };
  return JSON.stringify({ type: "error", event_id: `event_domicile_${code}`, ...stream, error });
}
