import { describe, expect, it } from "vitest";
import { fromLitellm } from "./from-litellm.ts";
import type { ReportedCall } from "./reported-call.ts";

/** A record as the type describes it, with content where LiteLLM puts it. */
const payload = {
  id: "chatcmpl-abc",
  trace_id: "5f7c2a4e-0d0b-4a6a-9a55-0f4b6c1f2d11",
  litellm_call_id: "2f9a0c1e-7777-4a6a-9a55-0f4b6c1f2d11",
  call_type: "acompletion",
  stream: true,
  response_cost: 0.01,
  status: "success",
  custom_llm_provider: "openai",
  total_tokens: 30,
  prompt_tokens: 10,
  completion_tokens: 20,
  startTime: 1_795_860_000.25,
  endTime: 1_795_860_002.5,
  completionStartTime: 1_795_860_000.75,
  response_time: 0.5,
  model: "gpt-5",
  model_id: "d1",
  model_group: "chat",
  api_base: "https://eu.api.openai.com/v1/",
  cache_hit: null,
  request_tags: [],
  end_user: "kunde-17",
  messages: [{ role: "user", content: "PROMPT TEXT" }],
  response: { choices: [{ message: { content: "ANSWER TEXT" } }] },
  error_str: null,
  error_information: null,
  model_parameters: {
    store: false,
    service_tier: "default",
    tools: [{ type: "web_search" }, { type: "function" }],
  },
  metadata: {
    user_api_key_alias: "chatbot",
    usage_object: {
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 6 },
    },
  },
  hidden_params: { api_base: "https://eu.api.openai.com/v1/", litellm_model_name: "openai/gpt-5" },
};

function callOf(change: Record<string, unknown>): ReportedCall {
  const report = fromLitellm({ ...payload, ...change });
  if (report.kind !== "call") throw new Error(`No call, but ${JSON.stringify(report)}.`);
  return report.call;
}

it("tells of a payload what it says, and no content of it", () => {
  const call = callOf({});
  expect(call).toMatchObject({
    clientId: "litellm:chatcmpl-abc:2026-11-28T10:00:00.250Z",
    startedAt: "2026-11-28T10:00:00.250Z",
    endedAt: "2026-11-28T10:00:02.500Z",
    host: "eu.api.openai.com",
    hostSource: "log",
    operation: "chat.completions.create",
    modelRequested: "gpt-5",
    stream: true,
    store: { said: true, value: false },
    serviceTier: "default",
    featuresOffered: ["web_search"],
    usage: { inputTokens: 10, outputTokens: 20, cachedInputTokens: 4, reasoningTokens: 6 },
    status: 200,
    progress: "sent",
    ttftMs: 500,
    providerObjectId: "chatcmpl-abc",
    statedApp: "chatbot",
    endUser: "kunde-17",
    attemptsKnown: "all",
    cachedAnswer: false,
  });
  expect(JSON.stringify(call)).not.toMatch(/PROMPT|ANSWER/);
});

it("never touches content: a payload whose content cannot even be looked at is read all the same", () => {
  const trap = () => {
    throw new Error("Content was read.");
  };
  const record = { ...payload, response: undefined, messages: undefined, error_str: undefined };
  for (const name of ["messages", "response", "error_str"]) {
    Object.defineProperty(record, name, { get: trap, enumerable: true });
  }
  expect(fromLitellm(record).kind).toBe("call");
});

describe("a change", () => {
  it.each<[string, Record<string, unknown>, Partial<ReportedCall>]>([
    [
      "a cached answer called nobody",
      { cache_hit: true },
      {
        cachedAnswer: true,
        status: null,
        progress: "unknown",
        usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
      },
    ],
    ["the table writes it as a text", { cache_hit: "True" }, { cachedAnswer: true }],
    ["and no as one", { cache_hit: "None" }, { cachedAnswer: false }],
    [
      "retries inside: only the last is told",
      { metadata: { attempted_retries: 2 } },
      { attemptsKnown: "last_only" },
    ],
    ["none inside", { metadata: { attempted_retries: 0 } }, { attemptsKnown: "all" }],
    [
      "metadata as the table holds it",
      { metadata: '{"attempted_retries":1}' },
      { attemptsKnown: "last_only" },
    ],
    [
      "times as the table holds them",
      { startTime: "2026-11-28 10:00:00.250", endTime: "2026-11-28T10:00:01Z" },
      { startedAt: "2026-11-28T10:00:00.250Z", endedAt: "2026-11-28T10:00:01.000Z" },
    ],
    ["a clock that was set back", { endTime: 1_795_860_000.1 }, { endedAt: null }],
    [
      "counts and times that no call has",
      { prompt_tokens: 2 ** 31, completion_tokens: 7, completionStartTime: 1_799_999_999 },
      {
        usage: { inputTokens: null, outputTokens: 7, cachedInputTokens: 4, reasoningTokens: 6 },
        ttftMs: null,
      },
    ],
    ["the address in the hidden parameters", { api_base: "" }, { host: "eu.api.openai.com" }],
    ["no address at all", { api_base: "", hidden_params: {} }, { host: null }],
    [
      "a whole URL",
      { api_base: "https://api.openai.com/v1/responses" },
      { host: "api.openai.com", path: "/v1/responses", operation: null },
    ],
    [
      "Azure",
      { custom_llm_provider: "azure", model: "azure/gpt-5-de", api_base: "https://bank.openai.azure.com" },
      { host: "bank.openai.azure.com", modelRequested: "gpt-5-de" },
    ],
    ["a lookalike keeps its name", { api_base: "https://api.openai.eu/v1" }, { host: "api.openai.eu" }],
    [
      "responses",
      { call_type: "aresponses", id: "resp_1" },
      { operation: "responses.create", providerObjectId: "resp_1" },
    ],
    ["realtime", { call_type: "_arealtime" }, { operation: "realtime.connect" }],
    ["a type of call nobody knows", { call_type: "rerank" }, { operation: null }],
    [
      "a failure says no more than it does",
      { status: "failure", error_information: { error_code: "401", error_class: "AuthenticationError" } },
      { status: 401, progress: "unknown", providerObjectId: null },
    ],
    [
      "a status of LiteLLM's own making",
      { status: "failure", error_information: { error_code: "500", error_class: "APIConnectionError" } },
      { status: null },
    ],
    [
      "a limit of LiteLLM's own",
      {
        status: "failure",
        error_information: {
          error_code: "429",
          error_class: "RateLimitError",
          error_rate_limit_category: "litellm_rate_limit",
        },
      },
      { status: null },
    ],
    [
      "nothing was counted",
      { status: "failure", total_tokens: 0, prompt_tokens: 0, completion_tokens: 0, metadata: {} },
      { usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null } },
    ],
    [
      "a key of the prototype is no member",
      JSON.parse('{"__proto__":{"cache_hit":true}}'),
      { cachedAnswer: false },
    ],
  ])("%s", (_, change, told) => {
    expect(callOf(change)).toMatchObject(told);
  });

  it("another time makes another call of the same id", () => {
    expect(callOf({ startTime: 1_795_860_009 }).clientId).not.toBe(callOf({}).clientId);
    expect(callOf({}).clientId).toBe(callOf({}).clientId);
  });
});

it.each([
  [
    { ...payload, custom_llm_provider: "anthropic" },
    { kind: "none", why: "other_provider" },
  ],
  [
    { ...payload, custom_llm_provider: null, api_base: "https://llm.example" },
    { kind: "none", why: "other_provider" },
  ],
  [
    { ...payload, id: undefined, litellm_call_id: undefined },
    { kind: "invalid", problem: "The record has no `id`." },
  ],
  [
    { ...payload, startTime: "today" },
    { kind: "invalid", problem: "The record has no `startTime` that can be read." },
  ],
  ["a text", { kind: "invalid", problem: "The record is no JSON object." }],
  [null, { kind: "invalid", problem: "The record is no JSON object." }],
  [[payload], { kind: "invalid", problem: "The record is no JSON object." }],
])("does not make a call of %j", (item, report) => {
  expect(fromLitellm(item)).toEqual(report);
});
