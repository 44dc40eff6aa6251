import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export type ReceivedSpan = {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: number;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type OtlpReceiver = {
  readonly endpoint: string;
  readonly heads: readonly IncomingHttpHeaders[];
  /** Everything that came, as text. */
  text(): string;
  /** Waits for the span of a call. */
  spanOf(callId: string): Promise<ReceivedSpan>;
  stop(): Promise<void>;
};

type OtlpValue = {
  stringValue?: string;
  intValue?: number | string;
  boolValue?: boolean;
  arrayValue?: { values: OtlpValue[] };
};
type OtlpSpan = Omit<ReceivedSpan, "attributes" | "status"> & {
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
  attributes: { key: string; value: OtlpValue }[];
};
type OtlpBody = { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };

/** Takes spans over OTLP/HTTP as JSON. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: OtlpBody[] = [];
  const heads: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    heads.push(request.headers);
    if (request.url === "/v1/traces") bodies.push((await json(request)) as OtlpBody);
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const spans = (): ReceivedSpan[] =>
    bodies
      .flatMap(({ resourceSpans }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap((scope) => scope.spans)
      .map((span) => ({
        ...span,
        parentSpanId: span.parentSpanId || null,
        startMs: Number(BigInt(span.startTimeUnixNano) / 1_000_000n),
        endMs: Number(BigInt(span.endTimeUnixNano) / 1_000_000n),
        status: span.status?.code ?? 0,
        attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, plainOf(value)])),
      }));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heads,
    text: () => JSON.stringify(bodies),
    async spanOf(callId) {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const found = spans().find(({ attributes }) => attributes["domicile.call.id"] === callId);
        if (found) return found;
        if (Date.now() > deadline) throw new Error("The span did not come in time.");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function plainOf(value: OtlpValue): unknown {
  if (value.arrayValue) return value.arrayValue.values.map(plainOf);
  return value.stringValue ?? value.boolValue ?? Number(value.intValue);
}
