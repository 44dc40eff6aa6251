import type { IncomingHttpHeaders } from "node:http";
import { newCallId } from "../../services/calls/new-call-id.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { callerNow } from "../caller-now.ts";
import { checkKey } from "../check-key.ts";
import type { Gateway } from "../gateway.ts";
import type { Caller } from "../identify.ts";
import { type OpenedCall, openCall } from "../open-call.ts";
import type { CallDraft } from "../plan-call.ts";
import { type PlannedCall, refusedRecordOf } from "../record.ts";
import { holdsKeyOf } from "../route.ts";
import { onHost, planSession, type SessionState } from "./plan-session.ts";
import { recordOfNothing } from "./stretch.ts";

/** Whoever opened the session, and from where. */
export type SessionCaller = {
  /** The keys of its handshake. */
  readonly headers: Pick<IncomingHttpHeaders, "authorization" | "x-domicile-key">;
  readonly address: string;
};

/** The session as it is at the moment somebody asks. */
export type OpenSession = {
  readonly draft: CallDraft;
  readonly by: SessionCaller;
  readonly call: () => PlannedCall;
  readonly state: () => SessionState;
  /** Whether it has ended and been recorded. */
  readonly isOver: () => boolean;
};

/** `same`: it goes on as it is. `new`: under another policy, as this call. `end`: it may not go on. */
export type Recheck =
  | { readonly kind: "same" }
  | { readonly kind: "new"; readonly draft: CallDraft; readonly opened: OpenedCall }
  | { readonly kind: "end"; readonly refusal: GatewayRefusal; readonly code: 1008 | 1013 };

const same: Recheck = { kind: "same" };
const ended = (refusal: GatewayRefusal): Recheck => ({ kind: "end", refusal, code: 1008 });
/** RFC 6455 registry, 1013: try again later. */
const later = (refusal: GatewayRefusal): Recheck => ({ kind: "end", refusal, code: 1013 });

/**
 * Asks whether the key of an open session is still in force, and which policy is. Where another one is, makes the intent of
 * a call under it durable. That number always ends in a record: the caller's, where it is answered; else one made here.
 */
export async function recheckSession(gateway: Gateway, session: OpenSession): Promise<Recheck> {
  const { draft, by } = session;
  const at = Date.now();
  let caller: Caller;
  try {
    caller = await callerNow(gateway.identifier, draft.caller, by.headers);
  } catch (error) {
    if (!(error instanceof GatewayRefusal)) throw error;
    if (error.code === "policy_stale") return later(error);
    // What the store does not say now is asked again; what let the session in still stands.
    return error.code === "evidence_unavailable" ? same : ended(error);
  }
  const barred = checkKey(caller, {
    operation: draft.operation.id,
    path: draft.path,
    address: by.address,
    at,
  });
  if (barred) return ended(barred);
  const next: CallDraft = { ...draft, id: newCallId(at), startedAt: at, caller };
  const planned = onSame(session, planSession(next, session.state()), caller);
  if (planned instanceof GatewayRefusal) return ended(planned);
  if (planned.route.policy.version === session.call().route.policy.version) return same;
  if (!gateway.closing.reserve(caller.config.tenant.id))
    return later(new GatewayRefusal("evidence_unavailable"));
  let opened: OpenedCall;
  try {
    opened = await openCall(gateway, planned);
  } catch (error) {
    if (error instanceof GatewayRefusal) return later(error);
    throw error;
  }
  if (session.isOver()) {
    gateway.closing.add(recordOfNothing(opened));
    return same;
  }
  // What was asked for meanwhile was judged by the old policy, and is asked again.
  const { id, gap } = opened.call;
  const again = onSame(session, planSession({ ...next, id }, session.state()), caller);
  if (again instanceof GatewayRefusal) {
    const { code, message } = again;
    gateway.closing.add(refusedRecordOf(opened.call, { code, message }, opened.intent, Date.now()));
    return ended(again);
  }
  const call = { ...again, ...(gap ? { gap } : {}) };
  return { kind: "new", draft: next, opened: { call, intent: opened.intent } };
}

/** The connection that is open goes to one host, with one key. */
function onSame(
  session: OpenSession,
  planned: PlannedCall | GatewayRefusal,
  caller: Caller,
): PlannedCall | GatewayRefusal {
  const { route } = session.call();
  if (!holdsKeyOf(caller, route)) return new GatewayRefusal("no_provider_credential");
  return onHost(route.plan.host, planned);
}
