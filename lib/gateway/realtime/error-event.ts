import type { GatewayRefusal } from "../answer-error.ts";

/** A refusal as the provider says errors in a session. */
export function errorEvent({ code, message }: GatewayRefusal): string {
  const error = { type: "invalid_request_error", code, message, param: null, event_id: null };
  return JSON.stringify({ type: "error", event_id: `event_domicile_${code}`, error });
}
