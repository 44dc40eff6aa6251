import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

export type ExportedBody = { readonly contentType: string; readonly body: Buffer };

/** The bodies that OpenTelemetry's own exporters send for the same spans: with content, an event, a link and an error. */
export async function exportedBodies(): Promise<{ protobuf: Buffer; json: Buffer }> {
  const bodies: ExportedBody[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
    bodies.push({ contentType: request.headers["content-type"] ?? "", body: plain });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/otlp/v1/traces`;
  const exporters = [new ProtobufExporter({ url }), new JsonExporter({ url })];
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "chatbot", "host.name": "pod-1" }),
    spanProcessors: exporters.map((exporter) => new SimpleSpanProcessor({ exporter })),
  });
  const tracer = provider.getTracer("@opentelemetry/instrumentation-openai", "0.22.0");
  const parent = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    traceFlags: 1,
    isRemote: true,
  });
  const span = tracer.startSpan(
    "chat gpt-5",
    {
      kind: SpanKind.CLIENT,
      startTime: Date.UTC(2026, 10, 28, 10),
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-5",
        "gen_ai.input.messages": "PROMPT TEXT",
        "gen_ai.prompt.0.content": "PROMPT TEXT",
        "gen_ai.request.temperature": 0.5,
        "server.address": "eu.api.openai.com",
        "server.port": 443,
        "gen_ai.request.stream": true,
      },
      links: [{ context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 } }],
    },
    parent,
  );
  span.setAttributes({
    "gen_ai.response.id": "chatcmpl-1",
    "domicile.call.id": "01a22440-41f7-7393-8d77-d279998d5db1",
    "gen_ai.response.finish_reasons": ["stop", "length"],
    "gen_ai.usage.input_tokens": 12,
    "gen_ai.usage.output_tokens": 34,
    "gen_ai.response.time_to_first_chunk": 0.25,
  });
  span.addEvent("gen_ai.choice", { content: "ANSWER TEXT" });
  span.setStatus({ code: SpanStatusCode.ERROR, message: "ERROR TEXT" });
  span.end(Date.UTC(2026, 10, 28, 10, 0, 2));
  await provider.shutdown();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const of = (type: string): Buffer => {
    const found = bodies.find(({ contentType }) => contentType === type);
    if (!found) throw new Error(`No export as ${type} came.`);
    return found.body;
  };
  return { protobuf: of("application/x-protobuf"), json: of("application/json") };
}
