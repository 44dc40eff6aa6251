import type { GatewayRefusal } from "./answer-error.ts";
import type { Gateway } from "./gateway.ts";

/** What the log and the figures of the gateway say of a call, as far as it is known. */
export type CallTrace = {
  id: string;
  readonly began: number;
  /** null until the caller had all, or was gone. */
  lastedMs: number | null;
  operation: string | null;
  tenant: string | null;
  host: string | null;
  /** null: nothing was sent. */
  region: string | null;
  simulated: boolean;
};

/** `began`: `performance.now()`. */
export function startTrace(id: string, began: number): CallTrace {
  return {
    id,
    began,
    lastedMs: null,
    operation: null,
    tenant: null,
    host: null,
    region: null,
    simulated: false,
  };
}

/** One line per call, without content and without keys. */
export function endTrace(
  gateway: Gateway,
  trace: CallTrace,
  outcome: string,
  status: number | null,
  refusal: GatewayRefusal | null,
): void {
  const lasted = trace.lastedMs ?? performance.now() - trace.began;
  const ms = Math.round(lasted);
  gateway.metrics.callEnded({ ...trace, outcome, seconds: lasted / 1_000 });
  const { id: callId, tenant, host } = trace;
  const line = { callId, tenant, host, outcome, status, ms };
  if (refusal?.cause === undefined) gateway.log.info(line, "call");
  else gateway.log.warn({ ...line, err: refusal.cause }, "call");
}
