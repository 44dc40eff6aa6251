import type { IncomingHttpHeaders } from "node:http";

/** What one hop tells the next of the trace it is part of (W3C Trace Context, 2021-11-23). */
export type TraceContext = { readonly traceparent: string; readonly tracestate: string | null };

/**
 * The trace a caller says its call is part of; null: none, or nothing that is one.
 *
 * trust: it goes upstream as it came, so nothing passes that is not of the form. A state without a parent is nothing.
 */
export function readTraceContext(headers: IncomingHttpHeaders): TraceContext | null {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== "string" || !isTraceparent(traceparent)) return null;
  return {
    traceparent,
    tracestate: typeof tracestate === "string" && isTracestate(tracestate) ? tracestate : null,
  };
}

export function traceHeaders(context: TraceContext | null): Record<string, string> {
  if (context === null) return {};
  const { traceparent, tracestate } = context;
  return tracestate === null ? { traceparent } : { traceparent, tracestate };
}

/** A later version may have more behind its flags, which we need not know to pass it on. */
function isTraceparent(text: string): boolean {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-[\x21-\x7e]{0,200})?$/.exec(text);
  if (!match) return false;
  const [, version, traceId = "", parentId = "", more] = match;
  if (version === "ff" || (version === "00" && more !== undefined)) return false;
  return /[^0]/.test(traceId) && /[^0]/.test(parentId);
}

const member =
  /^([a-z][_0-9a-z\-*/]{0,255}|[a-z0-9][_0-9a-z\-*/]{0,240}@[a-z][_0-9a-z\-*/]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

function isTracestate(text: string): boolean {
  if (text.length > 512) return false;
  const members = text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const keys = new Set(members.map((each) => each.split("=")[0]));
  return (
    members.length > 0 &&
    members.length <= 32 &&
    keys.size === members.length &&
    members.every((each) => member.test(each))
  );
}
