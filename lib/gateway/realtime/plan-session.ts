import { field } from "../../core/calls/json-fields.ts";
import type { Operation } from "../../core/calls/operation.ts";
import type { RequestReading } from "../../core/calls/read-request.ts";
import { type AskedSession, sessionKind, transcriptionModel } from "../../core/calls/realtime-session.ts";
import { GatewayRefusal } from "../answer-error.ts";
import type { BodyContent } from "../body/body-content.ts";
import { type CallDraft, notYet, planCall } from "../plan-call.ts";
import type { PlannedCall } from "../record.ts";
import { refusalOf } from "../route.ts";

/** `unread`: something of the client passed that nobody could read, so the session may be anything by now. */
export type SessionState = { readonly json: AskedSession; readonly unread: boolean };

/** A session as it opens, or as it stands between the answers that it is asked for. */
export function planOpening(draft: CallDraft, json: AskedSession): PlannedCall {
  if (sessionKind(draft.operation.id) !== "responses")
    return planCall(draft, { reading: "read", json }, null);
  // Nothing is asked for yet: each event will be a request.
  return { ...planCall(draft, notYet, null), requestBody: "none" };
}

/** The row of the catalog by which models are judged that write down what a session hears. */
const transcriptions = "/v1/realtime/transcription_sessions";

/** A session as one call under the policy of the draft, or why it may not be. */
export function planSession(draft: CallDraft, state: SessionState): PlannedCall | GatewayRefusal {
  try {
    return planWhole(draft, state);
  } catch (error) {
    if (error instanceof GatewayRefusal) return error;
    throw error;
  }
}

/** The connection that is open goes to one host; a plan that wants another cannot be followed. */
export function onHost(host: string, planned: PlannedCall | GatewayRefusal): PlannedCall | GatewayRefusal {
  if (planned instanceof GatewayRefusal || planned.route.plan.host === host) return planned;
  return new GatewayRefusal("region_blocked");
}

function planWhole(draft: CallDraft, { json, unread }: SessionState): PlannedCall {
  const heard = transcriptionModel(json);
  // A session without a model of its own only writes down what it hears.
  const alone = heard !== null && field(json, "model") == null;
  const own = alone ? { ...draft, operation: transcribing(draft.operation) } : draft;
  const between = sessionKind(own.operation.id) === "responses" && Object.keys(json).length === 0;
  const session = between ? unrefused(planOpening(own, json)) : allowed(own, { reading: "read", json });
  const beside =
    heard === null || alone
      ? null
      : allowed(
          { ...draft, operation: transcribing(draft.operation) },
          { reading: "read", json: { model: heard } },
        );
  const unseen = unread ? allowed(own, { reading: "unread", json }) : null;
  const objection = [session, beside, unseen].find((each) => each && objectionOf(each)) ?? session;
  const hidden = [
    // A record names one model; where the other one is objected to, what ran is not what it names.
    ...(beside !== null && objectionOf(beside) !== null ? ["model"] : []),
    ...(unread ? ["session"] : []),
  ];
  return {
    ...withObjection(session, objectionOf(objection)),
    requestBody: unread ? "unread" : session.requestBody,
    reading: withUnreadable(session.reading, hidden),
  };
}

/** The reading of a call of which these fields say nothing that holds. */
export function withUnreadable(reading: RequestReading, names: readonly string[]): RequestReading {
  return { ...reading, unreadable: [...new Set([...reading.unreadable, ...names])].sort() };
}

function transcribing(operation: Operation): Operation {
  return { ...operation, endpoint: transcriptions };
}

function allowed(draft: CallDraft, content: BodyContent): PlannedCall {
  return unrefused(planCall(draft, content, null));
}

function unrefused(planned: PlannedCall): PlannedCall {
  const refusal = refusalOf(planned.route);
  if (refusal) throw refusal;
  return planned;
}

type Objection = Extract<PlannedCall["route"]["plan"], { kind: "send" }>["wouldBlock"];

/** What a blocking policy would have refused it for. */
export function objectionOf({ route }: PlannedCall): Objection {
  return route.plan.kind === "send" ? route.plan.wouldBlock : null;
}

export function withObjection(call: PlannedCall, wouldBlock: Objection): PlannedCall {
  const { plan } = call.route;
  if (plan.kind !== "send" || plan.wouldBlock === wouldBlock) return call;
  return { ...call, route: { ...call.route, plan: { ...plan, wouldBlock } } };
}
