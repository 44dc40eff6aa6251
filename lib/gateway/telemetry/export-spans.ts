import {
  type Context,
  createTraceState,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { CallRecord } from "../../core/calls/call-record.ts";
import type { CallSpans, TelemetrySettings } from "./call-spans.ts";
import { spanOfRecord } from "./span-of-record.ts";
import type { TraceContext } from "./trace-context.ts";

/** Sends spans over OTLP/HTTP (JSON), in batches; what finds no place in 2,048 waiting ones is dropped. */
export function exportSpans(settings: TelemetrySettings): CallSpans {
  const exporter = new OTLPTraceExporter({
    url: `${settings.endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers: { ...settings.headers },
    timeoutMillis: 10_000,
  });
  const processor = new BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.everyMs ?? 5_000 });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "domicile-gateway" }),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer("domicile");
  const open = new Map<string, Span>();
  const ofRecord = new WeakMap<CallRecord, Span>();

  const start = (startedAt: number, parent: Context): Span =>
    tracer.startSpan("call", { kind: SpanKind.CLIENT, startTime: startedAt }, parent);

  return {
    begin(callId, startedAt, incoming) {
      const span = start(startedAt, incoming === null ? ROOT_CONTEXT : contextOf(incoming));
      // A caller that does not keep its trace is told nothing new of it.
      if (!span.isRecording()) return incoming;
      open.set(callId, span);
      const { traceId, spanId, traceFlags } = span.spanContext();
      const flags = traceFlags.toString(16).padStart(2, "0");
      return { traceparent: `00-${traceId}-${spanId}-${flags}`, tracestate: incoming?.tracestate ?? null };
    },
    recordMade(record) {
      const span = open.get(record.id);
      open.delete(record.id);
      if (span) ofRecord.set(record, span);
    },
    ended(record, outcome) {
      const span = ofRecord.get(record);
      if (!span) return;
      const { name, attributes, errorType } = spanOfRecord(record, outcome);
      span.updateName(name);
      span.setAttributes(attributes);
      if (errorType !== null) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(record.endedAt === null ? undefined : Date.parse(record.endedAt));
    },
    forget: (callId) => void open.delete(callId),
    async stop(msMax) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, msMax);
      });
      // What does not leave in time is lost: spans are no evidence.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

function contextOf({ traceparent, tracestate }: TraceContext): Context {
  const [, traceId = "", spanId = "", flags = "00"] = traceparent.split("-");
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(tracestate === null ? {} : { traceState: createTraceState(tracestate) }),
  });
}
