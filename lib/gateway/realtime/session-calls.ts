import type { WebSocket } from "ws";
import { type ClientWish, readClientEvent } from "../../core/calls/read-realtime.ts";
import type { RequestReading } from "../../core/calls/read-request.ts";
import { type AskedSession, sessionKind, updateSession } from "../../core/calls/realtime-session.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { askAgainMs } from "../caller-now.ts";
import type { Gateway } from "../gateway.ts";
import type { IntentNumber } from "../intents.ts";
import type { CallDraft } from "../plan-call.ts";
import { type PlannedCall, unendedRecordOf } from "../record.ts";
import type { Dial } from "../relay.ts";
import { errorEvent } from "./error-event.ts";
import { pipeSession, type SessionEnd, type SessionPipe } from "./pipe-session.ts";
import { onHost, planSession, type SessionState } from "./plan-session.ts";
import { recheckSession, type SessionCaller } from "./recheck-session.ts";
import { beginStretch, recordOfNothing, recordOfStretch, type StretchEnd, widenCall } from "./stretch.ts";

export type SessionParts = {
  readonly draft: CallDraft;
  readonly by: SessionCaller;
  /** What the session is asked to be when it opens. */
  readonly asked: AskedSession;
  readonly call: PlannedCall;
  readonly intent: IntentNumber;
  readonly dial: Dial;
  readonly client: WebSocket;
  readonly provider: WebSocket;
  /** Told of each call that a change of policy begins. */
  readonly onCall: (call: PlannedCall) => void;
};

/**
 * Runs an open session to its end and records it: as one call, or, where the policy changes while it is open, as one
 * call per policy. A session that may not go on is closed; what it may not become is not passed on.
 */
export async function runSession(gateway: Gateway, parts: SessionParts): Promise<SessionEnd> {
  const { client, provider, dial } = parts;
  let { draft } = parts;
  let state: SessionState = { json: parts.asked, unread: false };
  const kind = sessionKind(draft.operation.id) ?? "realtime";
  const made = new Set<string>();
  const remember = (id: string): void => {
    made.add(id);
    if (made.size > madeMax) made.delete(made.values().next().value ?? id);
  };
  let stretch = beginStretch(parts, remember);
  let over = false;
  let asking = false;

  const record = (end: StretchEnd): void =>
    gateway.closing.add(recordOfStretch(stretch, dial, stretch.intent === parts.intent, end));

  const takeFromClient = (data: Buffer, isBinary: boolean): boolean => {
    const wish = isBinary ? "unread" : readClientEvent(data.toString("utf8"), kind);
    const next = wish === null ? state : stateAfter(state, wish, { made, asked: stretch.call.reading });
    if (next !== state) {
      const planned = onHost(stretch.call.route.plan.host, planSession(draft, next));
      if (planned instanceof GatewayRefusal) {
        // Held back: the session goes on as it was.
        pipe.tell(errorEvent(planned, wish === "unread" ? undefined : wish?.json.stream_id));
        return false;
      }
      // What one answer is asked for is part of the call, and not of what the session is from now on.
      if (wish === "unread" || wish?.of === "session") state = next;
      stretch.call = widenCall(stretch.call, planned);
    }
    stretch.sent += data.byteLength;
    return true;
  };

  const onClient = (data: Buffer, isBinary: boolean): boolean => {
    try {
      return takeFromClient(data, isBinary);
    } catch (error) {
      const failed = new GatewayRefusal("internal_error", { cause: error });
      gateway.log.error({ callId: stretch.call.id, err: error }, "session");
      pipe.tell(errorEvent(failed));
      pipe.close(1011, "The gateway failed.");
      return false;
    }
  };

  const onProvider = (data: Buffer, isBinary: boolean): void => {
    stretch.received += data.byteLength;
    if (isBinary) stretch.reader.unread();
    else stretch.reader.server(data.toString("utf8"));
  };

  const { pingEveryMs } = gateway.realtime;
  const pipe: SessionPipe = pipeSession(client, provider, { onClient, onProvider, pingEveryMs });

  const recheck = async (): Promise<void> => {
    const session = {
      draft,
      by: parts.by,
      call: () => stretch.call,
      state: () => state,
      isOver: () => over,
    };
    const found = await recheckSession(gateway, session);
    if (found.kind === "same") return;
    if (over) return found.kind === "new" ? gateway.closing.add(recordOfNothing(found.opened)) : undefined;
    if (found.kind === "end") {
      pipe.tell(errorEvent(found.refusal));
      return pipe.close(found.code, "The session may not go on.");
    }
    record("complete");
    draft = found.draft;
    stretch = beginStretch(found.opened, remember);
    parts.onCall(found.opened.call);
  };

  gateway.realtime.add(pipe);
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void recheck()
      // A failure of our own: it is asked again.
      .catch((error: unknown) => gateway.log.error({ callId: stretch.call.id, err: error }, "session"))
      .finally(() => {
        asking = false;
      });
  }, askAgainMs);
  try {
    const end = await pipe.closed;
    over = true;
    record(endOf(end));
    return end;
  } catch (error) {
    gateway.closing.add(unendedRecordOf(stretch.call, stretch.intent));
    throw error;
  } finally {
    clearInterval(timer);
    gateway.realtime.remove(pipe);
  }
}

/** Ids of responses of one session that are remembered, the latest. */
const madeMax = 10_000;

type SoFar = { readonly made: ReadonlySet<string>; readonly asked: RequestReading };

function stateAfter(before: SessionState, wish: ClientWish, soFar: SoFar): SessionState {
  if (wish === "unread") return before.unread ? before : { ...before, unread: true };
  if (wish.of === "session") {
    const json = updateSession(before.json, wish.json);
    return json === null ? { ...before, unread: true } : { ...before, json };
  }
  // Of sound an answer says only how it is spoken.
  const { audio: _audio, ...said } = wish.json;
  // What was made on this very connection was born where it goes.
  const { previous_response_id: previous, ...rest } = said;
  const answer = typeof previous === "string" && soFar.made.has(previous) ? rest : said;
  return {
    ...before,
    json: { ...before.json, ...(wish.of === "more" ? standing(soFar.asked) : {}), ...answer },
  };
}

/** What an answer was asked for goes for what is brought to it later. */
function standing({ model, serviceTier, store }: RequestReading): AskedSession {
  return { model, service_tier: serviceTier, ...(store.said ? { store: store.value } : {}) };
}

function endOf({ by, code }: SessionEnd): StretchEnd {
  if (code !== 1006) return "complete";
  return by === "client" ? "client_abort" : "upstream_failed";
}
