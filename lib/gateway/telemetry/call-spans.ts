import type { CallRecord } from "../../core/calls/call-record.ts";
import type { RecordingOutcome } from "../recording-order.ts";
import type { TraceContext } from "./trace-context.ts";

/** Where spans go, as OpenTelemetry's own variables say it. */
export type TelemetrySettings = {
  /** Base address; `/v1/traces` is put behind it. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long spans wait for company; 5 seconds where nobody says otherwise. */
  readonly everyMs?: number;
};

/** One span per recorded call. Nothing here throws, waits, or holds a call up. */
export type CallSpans = {
  /** What the provider is told of the trace: the call's own span, where one is made, else what the caller said. */
  begin(callId: string, startedAt: number, incoming: TraceContext | null): TraceContext | null;
  /** The call has its record; `ended` will be told of the same. */
  recordMade(record: CallRecord): void;
  ended(record: CallRecord, outcome: RecordingOutcome): void;
  /** The call has no record and will have none. */
  forget(callId: string): void;
  stop(msMax: number): Promise<void>;
};

/** Nobody asked for spans: none is made, and no trace is invented. */
export const noSpans: CallSpans = {
  begin: (_callId, _startedAt, incoming) => incoming,
  recordMade: () => {},
  ended: () => {},
  forget: () => {},
  stop: async () => {},
};
