/** A value as OTLP holds it, of the shapes we read. Whole numbers beyond what a double holds are absent. */
export type SpanValue = string | number | boolean | readonly string[];

/** A span of OpenTelemetry, with the attributes of `spanAttributes` alone: no other value was ever decoded. */
export type ReportedSpan = {
  /** Lower-case hex, 32 digits; not all zero. */
  readonly traceId: string;
  /** Lower-case hex, 16 digits; not all zero. */
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Milliseconds of Unix time; null: absent or beyond every calendar. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  /** True where its status says error. The status's message is never decoded. */
  readonly failed: boolean;
  /** Name of the instrumentation. */
  readonly scope: string | null;
  /** `service.name` of its resource. */
  readonly service: string | null;
  readonly attributes: ReadonlyMap<string, SpanValue>;
};

/**
 * The attributes that are read of a span, in today's and in older names: OpenTelemetry's GenAI conventions up to 1.42, its
 * HTTP conventions before and since 1.23, OpenLLMetry, OpenInference, and the AI SDK's own (2026-11). Whoever decodes drops
 * every other unread. None of these holds a prompt, an answer, or a part of either.
 */
export const spanAttributes: ReadonlySet<string> = new Set([
  "gen_ai.operation.name",
  "gen_ai.provider.name",
  "gen_ai.system",
  "gen_ai.request.model",
  "gen_ai.request.stream",
  "gen_ai.response.model",
  "gen_ai.response.id",
  "gen_ai.response.finish_reasons",
  "gen_ai.response.time_to_first_chunk",
  "gen_ai.client.operation.time_to_first_chunk",
  "gen_ai.usage.input_tokens",
  "gen_ai.usage.output_tokens",
  "gen_ai.usage.prompt_tokens",
  "gen_ai.usage.completion_tokens",
  "gen_ai.usage.cache_read.input_tokens",
  "gen_ai.usage.cache_read_input_tokens",
  "gen_ai.usage.reasoning.output_tokens",
  "gen_ai.usage.reasoning_tokens",
  "gen_ai.openai.api_base",
  "llm.openai.api_base",
  "gen_ai.openai.request.service_tier",
  "gen_ai.openai.response.service_tier",
  "openai.api.type",
  "openai.request.service_tier",
  "openai.response.service_tier",
  "server.address",
  "server.port",
  "net.peer.name",
  "net.peer.port",
  "url.full",
  "http.url",
  "http.request.method",
  "http.method",
  "http.response.status_code",
  "http.status_code",
  "error.type",
  "llm.request.type",
  "llm.is_streaming",
  "llm.usage.total_tokens",
  "openinference.span.kind",
  "llm.provider",
  "llm.system",
  "llm.model_name",
  "llm.finish_reason",
  "embedding.model_name",
  "llm.token_count.prompt",
  "llm.token_count.completion",
  "llm.token_count.prompt_details.cache_read",
  "llm.token_count.completion_details.reasoning",
  "ai.operationId",
  "ai.model.id",
  "ai.model.provider",
  "ai.response.id",
  "ai.response.model",
  "ai.response.finishReason",
  "ai.response.msToFirstChunk",
  "ai.usage.promptTokens",
  "ai.usage.completionTokens",
  "ai.usage.inputTokens",
  "ai.usage.outputTokens",
  "domicile.call.id",
  "service.name",
]);
