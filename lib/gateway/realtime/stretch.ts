import type { CallRecord } from "../../core/calls/call-record.ts";
import { joinReadings } from "../../core/calls/join-readings.ts";
import { createRealtimeReader, type RealtimeReader } from "../../core/calls/read-realtime.ts";
import type { IntentNumber } from "../intents.ts";
import type { OpenedCall } from "../open-call.ts";
import { noEcho } from "../provider-echo.ts";
import { type PlannedCall, recordOf } from "../record.ts";
import type { Dial } from "../relay.ts";
import { nothingSent } from "../upstream/attempt.ts";
import { objectionOf, withObjection, withUnreadable } from "./plan-session.ts";

/** One stretch of a session, under one policy: a call of its own. */
export type Stretch = {
  /** With all that was asked for while it lasted. */
  call: PlannedCall;
  readonly intent: IntentNumber;
  readonly reader: RealtimeReader;
  readonly began: number;
  sent: number;
  received: number;
};

/** `onMade`: told of each response that a session of them begins. */
export function beginStretch({ call, intent }: OpenedCall, onMade: (id: string) => void): Stretch {
  const reader = createRealtimeReader(call.operation, onMade);
  return { call, intent, reader, began: performance.now(), sent: 0, received: 0 };
}

/**
 * The call of a stretch in which `now` was asked for as well. What was asked for once stays in the record, and so does the
 * first objection.
 */
export function widenCall(before: PlannedCall, now: PlannedCall): PlannedCall {
  const objection = objectionOf(before) ?? objectionOf(now);
  // Where nothing was asked for there is nothing to join.
  const first = before.requestBody === "none";
  const reading = first ? now.reading : joinReadings(before.reading, now.reading);
  const tiers = !first && before.reading.serviceTier !== now.reading.serviceTier;
  const models = new Set([before.reading.model, now.reading.model, null]);
  // A record names one model and one tier; where there were several, the others must not look like it.
  const hidden = [...(models.size > 2 ? ["model"] : []), ...(tiers ? ["service_tier"] : [])];
  const { id, startedAt, gap } = before;
  return {
    ...withObjection(now, objection),
    id,
    startedAt,
    ...(gap ? { gap } : {}),
    requestBody: before.requestBody === "unread" ? "unread" : now.requestBody,
    reading: withUnreadable(reading, hidden),
  };
}

export type StretchEnd = "complete" | "client_abort" | "upstream_failed";

/** `dial`: of the session's connection. `first`: its handshake belongs to this stretch. */
export function recordOfStretch(stretch: Stretch, dial: Dial, first: boolean, end: StretchEnd): CallRecord {
  const { call, intent, reader, sent, received, began } = stretch;
  const reading = reader.result();
  const seen = {
    ...dial.seen,
    requestBytes: (first ? dial.seen.requestBytes : 0) + sent,
    responseBytes: (first ? dial.seen.responseBytes : 0) + received,
    durationMs: performance.now() - began,
  };
  const body = reading.read ? ("read" as const) : ("unread" as const);
  const observation = { ...reading, body, modelsListed: null, contentAt: null };
  const told = { ...dial, startedAt: call.startedAt, seen };
  return recordOf(
    call,
    intent,
    { end, dials: [told], observation, refusal: null, stopped: null },
    Date.now(),
  );
}

/** Of a number that was opened for a stretch that never began, because the session had ended meanwhile. */
export function recordOfNothing({ call, intent }: OpenedCall): CallRecord {
  const seen = nothingSent();
  const dial: Dial = { startedAt: call.startedAt, seen, echo: noEcho, redirectHost: null };
  const outcome = { dials: [dial] as const, observation: null, refusal: null, stopped: null };
  return recordOf(call, intent, { end: "client_abort", ...outcome }, Date.now());
}
