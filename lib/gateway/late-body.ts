import type { IncomingHttpHeaders } from "node:http";
import { GatewayRefusal } from "./answer-error.ts";
import type { BodyContent } from "./body/body-content.ts";
import { callerNow } from "./caller-now.ts";
import { checkKey, type KeyUse } from "./check-key.ts";
import type { Gateway } from "./gateway.ts";
import type { Caller } from "./identify.ts";
import { type CallDraft, notYet, planCall } from "./plan-call.ts";
import type { PlannedCall } from "./record.ts";
import { recordRefusal } from "./record-refusal.ts";
import { holdsKeyOf, refusalOf } from "./route.ts";

/** Whoever sends a body that was long in coming, as of now. A key that was revoked meanwhile sends nothing more. */
export async function stillMay(
  gateway: Gateway,
  headers: IncomingHttpHeaders,
  draft: CallDraft,
  use: Omit<KeyUse, "at">,
): Promise<Caller> {
  const unsent = (by: CallDraft, refusal: GatewayRefusal): GatewayRefusal =>
    recordRefusal(gateway, planCall(by, notYet, null), refusal);
  let caller: Caller;
  try {
    caller = await callerNow(gateway.identifier, draft.caller, headers);
  } catch (error) {
    throw error instanceof GatewayRefusal ? unsent(draft, error) : error;
  }
  const barred = checkKey(caller, { ...use, at: Date.now() });
  if (barred) throw unsent({ ...draft, caller }, barred);
  return caller;
}

/**
 * Why a call whose body was long in coming may not be sent as it was planned; null: it may. It is recorded under the policy
 * in force when it began, and goes nowhere that the one in force now would not let it go.
 */
export function objectionNow(
  call: PlannedCall,
  draft: CallDraft,
  content: BodyContent,
  now: number,
): GatewayRefusal | null {
  const { route } = planCall({ ...draft, startedAt: now }, content, null);
  const refusal = refusalOf(route);
  if (refusal || route.plan.host === call.route.plan.host) return refusal;
  return new GatewayRefusal("region_blocked");
}

export type UnderWay = {
  /** Of the request, with its keys. */
  readonly headers: IncomingHttpHeaders;
  /** As it left. */
  readonly call: PlannedCall;
  readonly draft: CallDraft;
  readonly use: Omit<KeyUse, "at">;
  readonly body: { content(): BodyContent };
};

/**
 * Why a body of which part has left may not go on; null: it may. What the store does not say now is asked again: what let the
 * call in still stands.
 */
export async function objectionUnderWay(
  gateway: Gateway,
  { headers, call, draft, use, body }: UnderWay,
): Promise<GatewayRefusal | null> {
  try {
    const caller = await callerNow(gateway.identifier, draft.caller, headers);
    // The connection that is open goes on with the key that it began with.
    if (!holdsKeyOf(caller, call.route)) return new GatewayRefusal("no_provider_credential");
    const at = Date.now();
    return checkKey(caller, { ...use, at }) ?? objectionNow(call, { ...draft, caller }, body.content(), at);
  } catch (error) {
    if (!(error instanceof GatewayRefusal)) throw error;
    return error.code === "evidence_unavailable" ? null : error;
  }
}
