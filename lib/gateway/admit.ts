import type { IncomingHttpHeaders } from "node:http";
import type { Operation } from "../core/calls/operation.ts";
import { readAsked } from "./asked.ts";
import type { BodyContent } from "./body/body-content.ts";
import { checkKey, type KeyUse } from "./check-key.ts";
import type { Gateway } from "./gateway.ts";
import { type Caller, identify, refuseTwoKeys } from "./identify.ts";
import type { Entered } from "./limits/limits.ts";
import { type CallDraft, planCall } from "./plan-call.ts";
import { recordRefusal } from "./record-refusal.ts";
import { readTraceContext, type TraceContext } from "./telemetry/trace-context.ts";

/** A request as its head says it. */
export type Asking = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Without query. */
  readonly path: string;
  readonly operation: Operation;
  /** With the keys of the call, however they came. */
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  /** Of whoever calls. */
  readonly address: string;
  /** Whether the query asks for a stream. */
  readonly asksStream: boolean;
  /** What is known of the body by the head alone. */
  readonly content: BodyContent;
  /** Told as soon as it is known who calls, also where that call is refused. */
  readonly onCaller: (caller: Caller) => void;
};

export type Admitted = {
  readonly draft: CallDraft;
  /** As which the key was checked. */
  readonly use: Omit<KeyUse, "at">;
  /** What the caller says of the trace that the call is part of, and what the provider is told of it. */
  readonly incoming: TraceContext | null;
  readonly traced: TraceContext | null;
  /** To be left when the call is over. */
  readonly entered: Entered;
};

/**
 * The first steps of every call, whatever becomes of it: what it asks of us, who calls, whether the key may be used for it, and a
 * place within the limits. Throws `GatewayRefusal`; then no place is taken, and what was refused for its key is recorded.
 */
export async function admit(gateway: Gateway, asking: Asking): Promise<Admitted> {
  const { id, startedAt, path, operation, headers, address, asksStream } = asking;
  refuseTwoKeys(asking.rawHeaders);
  const asked = readAsked(headers);
  const caller = await identify(gateway.identifier, headers);
  asking.onCaller(caller);
  const incoming = readTraceContext(headers);
  const traced = gateway.spans.begin(id, startedAt, incoming);
  const { relayCountry } = gateway;
  const draft: CallDraft = {
    id,
    startedAt,
    path,
    operation,
    asked,
    caller,
    relayCountry,
    asksStream,
    batch: null,
  };
  const use = { operation: operation.id, path, address };
  const barred = checkKey(caller, { ...use, at: startedAt });
  if (barred) throw recordRefusal(gateway, planCall(draft, asking.content, null), barred);
  return { draft, use, incoming, traced, entered: gateway.limits.enter(caller) };
}
