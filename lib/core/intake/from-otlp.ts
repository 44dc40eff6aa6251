import type { TokenUsage } from "../calls/call-facts.ts";
import { asToken, asUuid } from "../calls/json-fields.ts";
import { modelCharsMax } from "../calls/unreadable-fields.ts";
import { hostSourceOf } from "./emitters.ts";
import { endpointOfUrl, pathOf } from "./endpoint-of-url.ts";
import { invalid, type MappedReport } from "./mapped-report.ts";
import { nothingReported, type ReportedCall } from "./reported-call.ts";
import { modelCallOf, operationOfSpan } from "./span-operation.ts";
import {
  asText,
  countOf,
  firstOf,
  millisecondsOf,
  type ReportedSpan,
  type SpanValue,
  tokenOf,
} from "./span-values.ts";
import { statusOfErrorType } from "./status-of-error-type.ts";
import { endBehind, instantOf } from "./time.ts";

/**
 * The calls that the spans of one export tell. Each span gets its answer, in the order of the spans.
 *
 * Of nested spans that tell one call (a framework's around an SDK's) the inner one counts. A span of an HTTP client inside
 * it is no call of its own: it says where its parent's request went, better than the parent knows.
 */
export function reportSpans(spans: readonly ReportedSpan[]): MappedReport[] {
  const byId = new Map(spans.map((span) => [idOf(span, span.spanId), span]));
  const tellsInside = new Set<string>();
  const requests = new Map<string, ReportedSpan>();
  for (const span of spans) {
    if (modelCallOf(span) === null) {
      const parent = span.parentSpanId === null ? undefined : byId.get(idOf(span, span.parentSpanId));
      // The last by time, so that the order in which spans arrive changes nothing.
      if (parent === undefined || modelCallOf(parent) === null || urlOf(span) === null) continue;
      const earlier = requests.get(idOf(parent, parent.spanId));
      if (earlier === undefined || (earlier.startMs ?? 0) <= (span.startMs ?? 0))
        requests.set(idOf(parent, parent.spanId), span);
      continue;
    }
    let outer = span.parentSpanId;
    for (let step = 0; outer !== null && step < nestingMax; step++) {
      tellsInside.add(idOf(span, outer));
      outer = byId.get(idOf(span, outer))?.parentSpanId ?? null;
    }
  }
  return spans.map((span) => {
    const id = idOf(span, span.spanId);
    if (modelCallOf(span) !== null && tellsInside.has(id)) return { kind: "none", why: "told_by_another" };
    return reportSpan(span, requests.get(id) ?? null);
  });
}

const nestingMax = 16;

const idOf = (span: ReportedSpan, spanId: string): string => `${span.traceId}${spanId}`;

/** One span, and the HTTP request inside it where there is one. */
export function reportSpan(span: ReportedSpan, request: ReportedSpan | null = null): MappedReport {
  const call = modelCallOf(span);
  if (call === null) return { kind: "none", why: "not_a_call" };
  if (!isOpenai(span)) return { kind: "none", why: "other_provider" };
  const startedAt = instantOf(span.startMs);
  if (startedAt === null) return invalid("The span has no start time.");
  const providerObjectId = tokenOf(span, 128, "gen_ai.response.id", "ai.response.id");
  const address = addressOf(span, request);
  const report: ReportedCall = {
    ...nothingReported,
    clientId: `otlp:${span.traceId}:${span.spanId}`,
    format: "otlp",
    startedAt,
    endedAt: endBehind(startedAt, instantOf(span.endMs)),
    ...address,
    operation: address.path === null ? operationOfSpan(span, call, providerObjectId) : null,
    modelRequested: tokenOf(
      span,
      modelCharsMax,
      "gen_ai.request.model",
      "ai.model.id",
      "llm.model_name",
      "embedding.model_name",
    ),
    modelAnswered: tokenOf(span, modelCharsMax, "gen_ai.response.model", "ai.response.model"),
    stream: isStream(span),
    serviceTier: tokenOf(span, 32, ...serviceTiers),
    usage: usageOf(span),
    ttftMs: millisecondsOf(span, firstChunk),
    providerObjectId,
    finishReason: finishOf(span),
    gatewayCallId: asUuid(span.attributes.get("domicile.call.id")),
    traceId: span.traceId,
    spanId: span.spanId,
    statedApp: asToken(span.service, 128),
  };
  return { kind: "call", call: { ...report, ...outcomeOf(span, request, report) } };
}

/**
 * Whose API it is, by the span's own word; where it names none, the address must be one of OpenAI's or Azure's. A call
 * to another provider is nobody's here to judge.
 */
function isOpenai(span: ReportedSpan): boolean {
  const { attributes } = span;
  const provider =
    asText(attributes.get("gen_ai.provider.name")) ??
    asText(attributes.get("gen_ai.system")) ??
    asText(attributes.get("ai.model.provider")) ??
    asText(attributes.get("llm.provider")) ??
    asText(attributes.get("llm.system"));
  if (provider !== null) return openaiNames.test(provider);
  const { host } = addressOf(span, null);
  return host !== null && /(^|\.)(openai\.(com|eu)|openai\.azure\.com)\.?(:\d+)?$/i.test(host);
}

/** `azure.ai.inference` is what the AI SDK makes of its Azure OpenAI provider. */
const openaiNames = /^(openai([._-].*)?|az(ure)?([._-]ai)?([._-](openai|inference))?([._-].*)?)$/i;

/** Trust: where two attributes of a span disagree, the URL of the request speaks before an address that is set beside it. */
function addressOf(
  span: ReportedSpan,
  request: ReportedSpan | null,
): Pick<ReportedCall, "host" | "hostSource" | "path" | "method"> {
  const url = (request === null ? null : urlOf(request)) ?? urlOf(span);
  const method = tokenOf(request ?? span, 16, "http.request.method", "http.method")?.toUpperCase() ?? null;
  if (url !== null) {
    const parts = endpointOfUrl(url);
    if (parts.host !== null) return { host: parts.host, hostSource: "log", path: parts.path, method };
  }
  const { attributes } = span;
  const base =
    asText(attributes.get("gen_ai.openai.api_base")) ?? asText(attributes.get("llm.openai.api_base"));
  const parts = endpointOfUrl(
    withPort(attributes.get("server.address"), attributes.get("server.port")) ??
      withPort(attributes.get("net.peer.name"), attributes.get("net.peer.port")) ??
      base,
  );
  return { host: parts.host, hostSource: hostSourceOf(span), path: pathOf(parts.path), method };
}

/** The port stands in an attribute of its own; by it a gateway of this very machine is told from another program on it. */
function withPort(address: SpanValue | undefined, told: SpanValue | undefined): string | null {
  const host = asText(address);
  const port = Number(told);
  const isUsual = port === 443 || port === 80;
  if (host === null || isUsual || !Number.isInteger(port) || port < 1 || port > 65_535) return host;
  if (isIPv6(host)) return `[${host}]:${port}`;
  return /[/:]/.test(host.replace(/^\[[^\]]*\]$/, "")) ? host : `${host}:${port}`;
}

function isIPv6(host: string): boolean {
  return /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(host);
}

function urlOf({ attributes }: ReportedSpan): string | null {
  return asText(attributes.get("url.full")) ?? asText(attributes.get("http.url"));
}

function isStream({ attributes }: ReportedSpan): boolean {
  return (
    attributes.get("gen_ai.request.stream") === true ||
    attributes.get("llm.is_streaming") === true ||
    asText(attributes.get("ai.operationId"))?.endsWith(".doStream") === true
  );
}

const serviceTiers = [
  "openai.response.service_tier",
  "gen_ai.openai.response.service_tier",
  "openai.request.service_tier",
  "gen_ai.openai.request.service_tier",
];

const firstChunk = [
  { name: "gen_ai.response.time_to_first_chunk", perUnit: 1000 },
  { name: "gen_ai.client.operation.time_to_first_chunk", perUnit: 1000 },
  { name: "ai.response.msToFirstChunk", perUnit: 1 },
];

function usageOf(span: ReportedSpan): TokenUsage {
  return {
    inputTokens: countOf(
      span,
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.prompt_tokens",
      "llm.token_count.prompt",
      "ai.usage.inputTokens",
      "ai.usage.promptTokens",
    ),
    outputTokens: countOf(
      span,
      "gen_ai.usage.output_tokens",
      "gen_ai.usage.completion_tokens",
      "llm.token_count.completion",
      "ai.usage.outputTokens",
      "ai.usage.completionTokens",
    ),
    cachedInputTokens: countOf(
      span,
      "gen_ai.usage.cache_read.input_tokens",
      "gen_ai.usage.cache_read_input_tokens",
      "llm.token_count.prompt_details.cache_read",
    ),
    reasoningTokens: countOf(
      span,
      "gen_ai.usage.reasoning.output_tokens",
      "gen_ai.usage.reasoning_tokens",
      "llm.token_count.completion_details.reasoning",
    ),
  };
}

function finishOf({ attributes }: ReportedSpan): string | null {
  return (
    firstOf(attributes.get("gen_ai.response.finish_reasons"), 40) ??
    firstOf(attributes.get("ai.response.finishReason"), 40) ??
    firstOf(attributes.get("llm.finish_reason"), 40)
  );
}

/**
 * How far the request got. A span says it seldom; but an object's id, a model or a count of tokens comes with an answer of
 * the 200s alone, so a span that did not fail and tells one of them tells that, too.
 */
function outcomeOf(
  span: ReportedSpan,
  request: ReportedSpan | null,
  report: ReportedCall,
): Pick<ReportedCall, "status" | "progress" | "failure"> {
  const told =
    statusTold(request) ?? statusTold(span) ?? statusOfErrorType(span.attributes.get("error.type"));
  const answered =
    report.providerObjectId !== null ||
    report.modelAnswered !== null ||
    report.usage.inputTokens !== null ||
    report.finishReason !== null;
  const status = told ?? (answered && !span.failed ? 200 : null);
  const aborted = span.attributes.get("error.type") === "APIUserAbortError";
  return {
    status,
    progress: status !== null || answered ? "sent" : "unknown",
    failure: aborted ? "aborted" : null,
  };
}

function statusTold(span: ReportedSpan | null): number | null {
  if (span === null) return null;
  const status = countOf(span, "http.response.status_code", "http.status_code");
  return status !== null && status >= 100 && status <= 599 ? status : null;
}
