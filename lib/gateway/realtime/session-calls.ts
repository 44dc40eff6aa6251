import type { WebSocket } from "ws";
import { createRealtimeReader, type RealtimeReader } from "../../core/calls/read-realtime.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { newCallId } from "../call-id.ts";
import type { Gateway } from "../gateway.ts";
import type { IntentNumber } from "../intents.ts";
import { type CallDraft, planCall } from "../plan-call.ts";
import { intentOf, type PlannedCall, recordOf } from "../record.ts";
import type { Dial } from "../relay.ts";
import { pipeSession, type SessionPipe } from "./pipe-session.ts";

export type SessionParts = {
  readonly draft: CallDraft;
  /** What the session is asked to be: model, tools, instructions; only names of it are kept. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly call: PlannedCall;
  readonly intent: IntentNumber;
  readonly dial: Dial;
  readonly client: WebSocket;
  readonly provider: WebSocket;
};

/** One stretch of a session, under one policy: a call of its own. */
type Stretch = {
  readonly call: PlannedCall;
  readonly intent: IntentNumber;
  readonly reader: RealtimeReader;
  readonly began: number;
  sent: number;
  received: number;
};

const recheckMs = 1_000;

/**
 * Runs an open session to its end and records it: as one call, or, where the policy changes while it is open, as one
 * call per policy. A session that the new policy refuses is closed; what it may no longer become is not passed on.
 */
export async function runSession(gateway: Gateway, parts: SessionParts): Promise<void> {
  const { client, provider, dial } = parts;
  let { draft, asked } = parts;
  let stretch = begin(parts.call, parts.intent);
  let pipe: SessionPipe | null = null;
  let changing = false;

  /** Says why, and ends the session. */
  const refuse = (refusal: GatewayRefusal): void => {
    client.send(eventOf(refusal));
    pipe?.close(1008, "The session may not go on.");
  };

  const record = (end: "complete" | "client_abort" | "upstream_failed"): void => {
    const { call, intent, reader, sent, received, began } = stretch;
    const first = stretch.intent === parts.intent;
    const seen = {
      ...dial.seen,
      requestBytes: (first ? dial.seen.requestBytes : 0) + sent,
      responseBytes: (first ? dial.seen.responseBytes : 0) + received,
      durationMs: performance.now() - began,
    };
    const observation = {
      ...reader.result(),
      body: reader.result().read ? ("read" as const) : ("unread" as const),
      modelsListed: null,
    };
    const told = { ...dial, startedAt: call.startedAt, seen };
    gateway.closing.add(
      recordOf(call, intent, { end, dials: [told], observation, refusal: null, stopped: null }, Date.now()),
    );
  };

  const onClient = (data: Buffer, isBinary: boolean): boolean => {
    const change = isBinary ? null : stretch.reader.client(data.toString("utf8"));
    if (isBinary) stretch.reader.unread();
    if (change !== null) {
      const next = { ...asked, ...change.json };
      const planned = planOf(draft, next);
      if (planned instanceof GatewayRefusal) {
        // Held back: the session goes on as it was.
        client.send(eventOf(planned));
        return false;
      }
      asked = next;
      const { id, startedAt, gap } = stretch.call;
      stretch = { ...stretch, call: { ...planned, id, startedAt, ...(gap ? { gap } : {}) } };
    }
    stretch.sent += data.byteLength;
    return true;
  };

  /** Asks whether another policy is in force by now, and goes on under it, or does not. */
  const recheck = async (): Promise<void> => {
    const config = await gateway.identifier.config.tenant(draft.caller.config.tenant.id).catch(() => null);
    // What cannot be asked now is asked again; the policy that let the session in still stands.
    if (!config || pipe === null) return;
    const at = Date.now();
    const next = { ...draft, id: newCallId(at), startedAt: at, caller: { ...draft.caller, config } };
    const planned = planOf(next, asked);
    if (planned instanceof GatewayRefusal) return refuse(planned);
    if (planned.route.policy.version === stretch.call.route.policy.version) return;
    // Another host than the one that is open cannot be gone on with.
    if (planned.route.plan.host !== stretch.call.route.plan.host)
      return refuse(new GatewayRefusal("region_blocked"));
    if (!gateway.closing.reserve()) return;
    const intent = await gateway.intents.open(intentOf(planned)).catch(() => null);
    if (intent === null) {
      gateway.closing.release();
      return;
    }
    record("complete");
    draft = next;
    stretch = begin(planned, intent);
  };

  pipe = pipeSession(client, provider, {
    onClient,
    onProvider: (data, isBinary) => {
      stretch.received += data.byteLength;
      if (isBinary) stretch.reader.unread();
      else stretch.reader.server(data.toString("utf8"));
    },
    pingEveryMs: gateway.realtime.pingEveryMs,
  });
  gateway.realtime.add(pipe);
  const timer = setInterval(() => {
    if (changing) return;
    changing = true;
    void recheck()
      // A failure of our own: it is asked again.
      .catch((error: unknown) => gateway.log.error({ callId: stretch.call.id, err: error }, "session"))
      .finally(() => {
        changing = false;
      });
  }, recheckMs);
  const { by, code } = await pipe.closed;
  clearInterval(timer);
  gateway.realtime.remove(pipe);
  const lost = code === 1006;
  record(!lost ? "complete" : by === "client" ? "client_abort" : "upstream_failed");

  function begin(call: PlannedCall, intent: IntentNumber): Stretch {
    const reader = createRealtimeReader(call.operation);
    return { call, intent, reader, began: performance.now(), sent: 0, received: 0 };
  }
}

/** The call as it is allowed, or why it is not. */
function planOf(draft: CallDraft, asked: Readonly<Record<string, unknown>>): PlannedCall | GatewayRefusal {
  try {
    const planned = planCall(draft, { reading: "read", json: asked }, null);
    const { plan } = planned.route;
    return plan.kind === "refuse" ? new GatewayRefusal(plan.code, { message: plan.message }) : planned;
  } catch (error) {
    if (error instanceof GatewayRefusal) return error;
    throw error;
  }
}

/** A refusal as the provider says errors in a session. */
function eventOf({ code, message }: GatewayRefusal): string {
  const error = { type: "invalid_request_error", code, message, param: null, event_id: null };
  return JSON.stringify({ type: "error", event_id: `event_domicile_${code}`, error });
}
