import { describe, expect, it } from "vitest";
import { reportSpan, reportSpans } from "./from-otlp.ts";
import type { MappedReport } from "./mapped-report.ts";
import type { ReportedCall } from "./reported-call.ts";
import type { ReportedSpan, SpanValue } from "./reported-span.ts";

type Attributes = Readonly<Record<string, SpanValue>>;

const chat: Attributes = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-5",
  "server.address": "eu.api.openai.com",
  "server.port": 443,
};

function span(attributes: Attributes, change: Partial<ReportedSpan> = {}): ReportedSpan {
  return {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    parentSpanId: null,
    kind: 3,
    startMs: Date.UTC(2026, 10, 28, 10),
    endMs: Date.UTC(2026, 10, 28, 10, 0, 2),
    failed: false,
    scope: "@opentelemetry/instrumentation-openai",
    service: "chatbot",
    attributes: new Map(Object.entries(attributes)),
    ...change,
  };
}

function callOf(report: MappedReport | undefined): ReportedCall {
  if (report?.kind !== "call") throw new Error(`No call, but ${JSON.stringify(report)}.`);
  return report.call;
}

it.each([
  ["01A22440-41f7-7393-8d77-d279998d5db1", "01a22440-41f7-7393-8d77-d279998d5db1"],
  ["none", null],
  [7, null],
])("takes an id of a call where it is one: %s", (told, taken) => {
  expect(callOf(reportSpan(span({ ...chat, "domicile.call.id": told }))).gatewayCallId).toBe(taken);
});

it.each<[Attributes, string]>([
  [{ "server.address": "localhost", "server.port": 8787 }, "localhost:8787"],
  [{ "server.address": "localhost", "server.port": "8787" }, "localhost:8787"],
  [{ "server.address": "::1", "server.port": 8787 }, "[::1]:8787"],
  [{ "server.address": "[::1]", "server.port": 8787 }, "[::1]:8787"],
  [{ "server.address": "gateway.example:8787", "server.port": 8787 }, "gateway.example:8787"],
  [{ "server.address": "http://localhost:1/v1", "server.port": 8787 }, "localhost:1"],
  [{ "server.address": "eu.api.openai.com", "server.port": 443 }, "eu.api.openai.com"],
  [{ "server.address": "eu.api.openai.com", "server.port": 80 }, "eu.api.openai.com"],
  [{ "server.address": "eu.api.openai.com", "server.port": 70_000 }, "eu.api.openai.com"],
  [{ "net.peer.name": "127.0.0.1", "net.peer.port": 8787, "server.port": 1 }, "127.0.0.1:8787"],
])("reads the port beside its address: %o", (address, host) => {
  const { "server.address": _, "server.port": __, ...rest } = chat;
  expect(callOf(reportSpan(span({ ...rest, ...address }))).host).toBe(host);
});

it("tells of a span what it says, and nothing else", () => {
  const call = callOf(
    reportSpan(
      span({
        ...chat,
        "gen_ai.response.id": "chatcmpl-1",
        "gen_ai.response.model": "gpt-5-2026-08-07",
        "gen_ai.usage.input_tokens": 12,
        "gen_ai.usage.output_tokens": 34,
        "gen_ai.response.finish_reasons": ["stop"],
      }),
    ),
  );
  expect(call).toMatchObject({
    clientId: "otlp:0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331",
    startedAt: "2026-11-28T10:00:00.000Z",
    endedAt: "2026-11-28T10:00:02.000Z",
    host: "eu.api.openai.com",
    hostSource: "log",
    path: null,
    operation: "chat.completions.create",
    modelRequested: "gpt-5",
    modelAnswered: "gpt-5-2026-08-07",
    usage: { inputTokens: 12, outputTokens: 34, cachedInputTokens: null, reasoningTokens: null },
    finishReason: "stop",
    status: 200,
    progress: "sent",
    statedApp: "chatbot",
    requestRead: false,
    answerRead: false,
    store: { said: false },
  });
});

describe("the address", () => {
  it.each<[string, Attributes, string | null, string | null]>([
    ["server.address", {}, "eu.api.openai.com", null],
    [
      "the URL before what is set beside it",
      { "url.full": "https://api.openai.com/v1/responses?a=b" },
      "api.openai.com",
      "/v1/responses",
    ],
    [
      "the older names",
      { "server.address": "", "net.peer.name": "us.api.openai.com" },
      "us.api.openai.com",
      null,
    ],
    [
      "an older URL",
      { "http.url": "https://us.api.openai.com/v1/embeddings" },
      "us.api.openai.com",
      "/v1/embeddings",
    ],
    [
      "OpenLLMetry's base",
      { "server.address": "", "gen_ai.openai.api_base": "https://eu.api.openai.com/v1/" },
      "eu.api.openai.com",
      null,
    ],
    [
      "a URL with credentials, without them",
      { "url.full": "https://u:p@eu.api.openai.com:443/v1/x" },
      "eu.api.openai.com:443",
      null,
    ],
    [
      "a path at Azure",
      { "url.full": "https://bank.openai.azure.com/openai/v1/chat/completions" },
      "bank.openai.azure.com",
      "/v1/chat/completions",
    ],
    [
      "a URL that two programs read in two ways: none",
      { "url.full": "https://api.openai.com\\@evil.example/", "server.address": "" },
      null,
      null,
    ],
    [
      "letters outside ASCII, kept as they are",
      { "server.address": "ａpi.openai.com" },
      "ａpi.openai.com",
      null,
    ],
    ["nothing", { "server.address": "" }, null, null],
  ])("takes %s", (_, attributes, host, path) => {
    expect(callOf(reportSpan(span({ ...chat, ...attributes })))).toMatchObject({ host, path });
  });

  it.each([
    ["opentelemetry.instrumentation.openai_agents", "default"],
    ["opentelemetry.instrumentation.genai.openai_agents", "default"],
    ["opentelemetry-instrumentation-openai-agents-v2", "default"],
    ["opentelemetry.instrumentation.openai_v2", "log"],
    ["@opentelemetry/instrumentation-openai", "log"],
    [null, "log"],
  ])("is known to %s as %s", (scope, hostSource) => {
    expect(callOf(reportSpan(span(chat, { scope })))).toMatchObject({ hostSource });
  });

  it("is a log's again where the URL of the request stands in the span of an instrumentation that defaults it", () => {
    const agents = span(
      { ...chat, "url.full": "https://eu.api.openai.com/v1/responses" },
      { scope: "opentelemetry.instrumentation.openai_agents" },
    );
    expect(callOf(reportSpan(agents))).toMatchObject({ host: "eu.api.openai.com", hostSource: "log" });
  });
});

describe("the operation", () => {
  it.each<[Attributes, string | null]>([
    [{ "openai.api.type": "responses" }, "responses.create"],
    [{ "openai.api.type": "chat_completions" }, "chat.completions.create"],
    [{ "gen_ai.response.id": "resp_1" }, "responses.create"],
    [{ "gen_ai.response.id": "chatcmpl-1" }, "chat.completions.create"],
    [{}, null],
    [{ "gen_ai.operation.name": "embeddings" }, "embeddings.create"],
    [{ "gen_ai.operation.name": "text_completion" }, "completions.create"],
    [{ "gen_ai.operation.name": "generate_content" }, null],
    [
      { "ai.operationId": "ai.streamText.doStream", "ai.model.provider": "openai.responses" },
      "responses.create",
    ],
  ])("of %j is %s", (attributes, operation) => {
    expect(callOf(reportSpan(span({ ...chat, ...attributes }))).operation).toBe(operation);
  });
});

describe("older and other names", () => {
  it("reads GenAI attributes of 1.27 and before", () => {
    const old = span({
      "gen_ai.operation.name": "chat",
      "gen_ai.system": "openai",
      "gen_ai.usage.prompt_tokens": 1,
      "gen_ai.usage.completion_tokens": 2,
    });
    expect(callOf(reportSpan(old)).usage).toMatchObject({ inputTokens: 1, outputTokens: 2 });
  });

  it("reads OpenLLMetry", () => {
    const old = span({
      "llm.request.type": "chat",
      "gen_ai.system": "OpenAI",
      "gen_ai.request.model": "gpt-5",
      "llm.is_streaming": true,
    });
    expect(callOf(reportSpan(old))).toMatchObject({ modelRequested: "gpt-5", stream: true, host: null });
  });

  it("reads OpenInference", () => {
    const inference = span(
      {
        "openinference.span.kind": "LLM",
        "llm.provider": "openai",
        "llm.model_name": "gpt-5",
        "llm.token_count.prompt": 3,
        "llm.token_count.completion": 4,
        "llm.token_count.prompt_details.cache_read": 1,
      },
      { kind: 1 },
    );
    expect(callOf(reportSpan(inference))).toMatchObject({
      modelRequested: "gpt-5",
      usage: { inputTokens: 3, outputTokens: 4, cachedInputTokens: 1 },
    });
  });

  it("reads the AI SDK's own", () => {
    const sdk = span(
      {
        "ai.operationId": "ai.generateText.doGenerate",
        "ai.model.provider": "openai.chat",
        "ai.model.id": "gpt-5",
        "ai.response.id": "chatcmpl-9",
        "ai.usage.promptTokens": 5,
        "ai.response.finishReason": "stop",
      },
      { kind: 1 },
    );
    expect(callOf(reportSpan(sdk))).toMatchObject({
      modelRequested: "gpt-5",
      operation: "chat.completions.create",
      providerObjectId: "chatcmpl-9",
      finishReason: "stop",
    });
  });
});

describe("how it ended", () => {
  it.each<[string, Attributes, Partial<ReportedSpan>, Partial<ReportedCall>]>([
    ["a status", { "http.response.status_code": 429 }, { failed: true }, { status: 429, progress: "sent" }],
    ["an older status", { "http.status_code": 400 }, { failed: true }, { status: 400, progress: "sent" }],
    [
      "a status as the error's type",
      { "error.type": "401" },
      { failed: true },
      { status: 401, progress: "sent" },
    ],
    [
      "the class that the SDK throws",
      { "error.type": "RateLimitError" },
      { failed: true },
      { status: 429, progress: "sent" },
    ],
    [
      "a class that stands for many",
      { "error.type": "InternalServerError" },
      { failed: true },
      { status: null, progress: "unknown" },
    ],
    [
      "no connection: it may have left",
      { "error.type": "APIConnectionError" },
      { failed: true },
      { status: null, progress: "unknown", failure: null },
    ],
    [
      "the caller's going away",
      { "error.type": "APIUserAbortError" },
      { failed: true },
      { status: null, failure: "aborted" },
    ],
    [
      "an answer that broke off: no success",
      { "gen_ai.response.id": "chatcmpl-1" },
      { failed: true },
      { status: null, progress: "sent" },
    ],
    ["nothing", {}, {}, { status: null, progress: "unknown" }],
    ["a status that is none", { "http.response.status_code": 7 }, {}, { status: null, progress: "unknown" }],
  ])("takes %s", (_, attributes, change, told) => {
    expect(callOf(reportSpan(span({ ...chat, ...attributes }, change)))).toMatchObject(told);
  });
});

describe("what is no call of ours", () => {
  it.each<[string, Attributes, Partial<ReportedSpan>, string]>([
    ["a span of something else", { "db.system": "postgresql" }, {}, "not_a_call"],
    ["an agent", { ...chat, "gen_ai.operation.name": "invoke_agent" }, {}, "not_a_call"],
    ["a tool", { ...chat, "gen_ai.operation.name": "execute_tool" }, {}, "not_a_call"],
    ["the AI SDK's outer span", { ...chat, "ai.operationId": "ai.generateText" }, {}, "not_a_call"],
    ["the server's side", chat, { kind: 2 }, "not_a_call"],
    ["another provider", { ...chat, "gen_ai.provider.name": "anthropic" }, {}, "other_provider"],
    [
      "a provider of a name that begins alike",
      { ...chat, "gen_ai.provider.name": "openaifake" },
      {},
      "other_provider",
    ],
    [
      "no provider, at an address that is not OpenAI's",
      { "gen_ai.operation.name": "chat", "server.address": "llm.example" },
      {},
      "other_provider",
    ],
  ])("%s", (_, attributes, change, why) => {
    expect(reportSpan(span(attributes, change))).toEqual({ kind: "none", why });
  });

  it.each([
    "openai",
    "OpenAI",
    "azure.ai.openai",
    "az.ai.openai",
    "openai.responses",
    "azure-openai.chat",
    "azure.ai.inference",
  ])("but %s is", (provider) => {
    expect(reportSpan(span({ ...chat, "gen_ai.provider.name": provider })).kind).toBe("call");
  });

  it("and a call without a start is no sound report", () => {
    expect(reportSpan(span(chat, { startMs: null }))).toEqual({
      kind: "invalid",
      problem: "The span has no start time.",
    });
  });
});

describe("spans of one call", () => {
  const outer = span(chat, { spanId: "000000000000000a" });
  const inner = span(
    { ...chat, "gen_ai.response.id": "chatcmpl-1" },
    { spanId: "000000000000000b", parentSpanId: "000000000000000a" },
  );
  const http = (startMs: number, url: string): ReportedSpan =>
    span(
      { "url.full": url, "http.request.method": "POST", "http.response.status_code": 200 },
      { spanId: "000000000000000c", parentSpanId: "000000000000000b", startMs },
    );

  it("count once, as the innermost tells it", () => {
    const [first, second] = reportSpans([outer, inner]);
    expect(first).toEqual({ kind: "none", why: "told_by_another" });
    expect(callOf(second).providerObjectId).toBe("chatcmpl-1");
  });

  it("are joined whatever order they come in, and the request inside says where it went", () => {
    const request = http(5_000_000, "https://api.openai.com/v1/responses");
    for (const spans of [
      [inner, request],
      [request, inner],
    ]) {
      const reports = reportSpans(spans);
      expect(reports.filter(({ kind }) => kind === "call")).toHaveLength(1);
      expect(callOf(reports[spans.indexOf(inner)])).toMatchObject({
        host: "api.openai.com",
        path: "/v1/responses",
        status: 200,
      });
    }
  });

  it("of two requests the later one tells, by time and not by order", () => {
    const early = http(1_000, "https://api.openai.com/v1/responses");
    const late = { ...http(2_000, "https://eu.api.openai.com/v1/responses"), spanId: "000000000000000d" };
    expect(callOf(reportSpans([late, early, inner])[2]).host).toBe("eu.api.openai.com");
  });

  it("are not made one across traces, and a circle of parents ends", () => {
    const elsewhere = { ...inner, traceId: "1af7651916cd43dd8448eb211c80319c" };
    expect(reportSpans([outer, elsewhere]).map(({ kind }) => kind)).toEqual(["call", "call"]);
    const circle = [{ ...outer, parentSpanId: inner.spanId }, inner];
    expect(reportSpans(circle)).toHaveLength(2);
  });
});

it("keeps a call whose end lies before its start, without that end, and takes no count that no call has", () => {
  const attributes = { ...chat, "gen_ai.usage.input_tokens": 2 ** 31, "gen_ai.usage.output_tokens": 3 };
  const told = callOf(reportSpan(span(attributes, { endMs: Date.UTC(2026, 10, 28, 9) })));
  expect(told).toMatchObject({
    startedAt: "2026-11-28T10:00:00.000Z",
    endedAt: null,
    usage: { inputTokens: null, outputTokens: 3 },
  });
});
