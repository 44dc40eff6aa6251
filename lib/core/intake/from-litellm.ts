import type { Said, TokenUsage } from "../calls/call-facts.ts";
import { featuresOfRequest } from "../calls/features-of-request.ts";
import { asCount, asObject, asToken, asTokenCount, field } from "../calls/json-fields.ts";
import { unknownOperation } from "../calls/match-operation.ts";
import { parseJson } from "../calls/measure-json.ts";
import { toolsOfRequest } from "../calls/tools-of-request.ts";
import { modelCharsMax } from "../calls/unreadable-fields.ts";
import { endpointOfUrl } from "./endpoint-of-url.ts";
import { invalid, type MappedReport } from "./mapped-report.ts";
import { nothingReported, type ReportedCall } from "./reported-call.ts";
import { endBehind, instantOf, readInstant } from "./time.ts";

/**
 * One record of LiteLLM: its `StandardLoggingPayload`, or a row of its table of spend logs, which has the same members in
 * other spellings (`litellm/types/utils.py` and `schema.prisma` of BerriAI/litellm, 2026-11).
 *
 * Each attempt of LiteLLM's router is a record of its own; where one says that there were retries inside it, only the last
 * is told. `messages`, `response`, `error_str` and the texts of errors are never read.
 */
export function fromLitellm(item: unknown): MappedReport {
  const payload = asObject(item);
  if (payload === null) return invalid("The record is no JSON object.");
  const id =
    asToken(payload.id, 150) ?? asToken(payload.request_id, 150) ?? asToken(payload.litellm_call_id, 150);
  if (id === null) return invalid("The record has no `id`.");
  const startedAt = momentOf(payload.startTime);
  if (startedAt === null) return invalid("The record has no `startTime` that can be read.");
  if (!isOpenai(payload)) return { kind: "none", why: "other_provider" };
  const hidden = asObject(payload.hidden_params);
  const metadata = jsonOf(payload.metadata);
  const parameters = asObject(payload.model_parameters);
  const address = addressOf(payload, hidden);
  const cachedAnswer = isYes(payload.cache_hit);
  const answered = payload.status === "success" && !cachedAnswer;
  const report: ReportedCall = {
    ...nothingReported,
    // A retried request is told under one id again, at another time.
    clientId: `litellm:${id}:${startedAt}`,
    format: "litellm",
    startedAt,
    endedAt: endBehind(startedAt, momentOf(payload.endTime)),
    ...address,
    operation: address.path === null ? (operations.get(callTypeOf(payload)) ?? null) : null,
    modelRequested: modelOf(payload.model) ?? modelOf(field(hidden, "litellm_model_name")),
    stream: payload.stream === true,
    store: saidBoolean(field(parameters, "store")),
    background: saidBoolean(field(parameters, "background")),
    serviceTier: asToken(field(parameters, "service_tier"), 32),
    featuresOffered: featuresOf(payload, parameters),
    // A cached answer cost the provider nothing.
    usage: cachedAnswer ? nothingReported.usage : usageOf(payload, hidden, metadata),
    status: answered ? 200 : statusOf(payload),
    progress: answered ? "sent" : "unknown",
    ttftMs: answered && payload.stream === true ? sinceStart(payload) : null,
    providerObjectId: answered && /^[a-z]+[-_]/.test(id) && id !== payload.litellm_call_id ? id : null,
    statedApp: asToken(field(metadata, "user_api_key_alias"), 128),
    endUser: endUserOf(payload, metadata),
    attemptsKnown: hadRetries(metadata) ? "last_only" : "all",
    cachedAnswer,
  };
  return { kind: "call", call: report };
}

/** LiteLLM's names of providers that speak OpenAI's API at OpenAI or Azure. Where it names none, the address decides. */
function isOpenai(payload: Payload): boolean {
  const provider = asToken(payload.custom_llm_provider, 64)?.toLowerCase() ?? null;
  if (provider !== null) return providers.has(provider);
  const { host } = endpointOfUrl(payload.api_base);
  return host !== null && /(^|\.)(openai\.(com|eu)|openai\.azure\.com)\.?(:\d+)?$/i.test(host);
}

type Payload = Readonly<Record<string, unknown>>;

const providers: ReadonlySet<string> = new Set([
  "openai",
  "azure",
  "azure_text",
  "text-completion-openai",
  "custom_openai",
]);

function addressOf(
  payload: Payload,
  hidden: Payload | null,
): Pick<ReportedCall, "host" | "hostSource" | "path" | "method"> {
  for (const text of [payload.api_base, field(hidden, "api_base")]) {
    const { host, path } = endpointOfUrl(text);
    if (host !== null) return { host, hostSource: "log", path, method: null };
  }
  return { host: null, hostSource: "log", path: null, method: null };
}

/** `acompletion` is `completion`, awaited; `_arealtime` has a mark of its own. */
function callTypeOf(payload: Payload): string {
  const type = asToken(payload.call_type, 64) ?? "";
  const bare = type.replace(/^_/, "");
  return operations.has(bare) ? bare : bare.replace(/^a/, "");
}

const operations: ReadonlyMap<string, string> = new Map([
  ["completion", "chat.completions.create"],
  ["text_completion", "completions.create"],
  ["embedding", "embeddings.create"],
  ["responses", "responses.create"],
  ["image_generation", "images.generate"],
  ["image_edit", "images.edit"],
  ["image_variation", "images.create_variation"],
  ["transcription", "audio.transcriptions.create"],
  ["speech", "audio.speech.create"],
  ["moderation", "moderations.create"],
  ["create_file", "files.create"],
  ["file_content", "files.content"],
  ["create_batch", "batches.create"],
  ["create_fine_tuning_job", "fine_tuning.jobs.create"],
  ["realtime", "realtime.connect"],
]);

/** LiteLLM writes `openai/gpt-…` where its own name of the provider was asked for. */
function modelOf(value: unknown): string | null {
  return asToken(value, modelCharsMax)?.replace(/^(openai|azure)\//, "") ?? null;
}

function featuresOf(payload: Payload, parameters: Payload | null): string[] {
  const builtIn = asObject(payload.standard_built_in_tools_params);
  const found = featuresOfRequest(unknownOperation, parameters, [], toolsOfRequest(parameters, []).tools);
  if (field(builtIn, "web_search_options") != null) found.add("web_search");
  if (field(builtIn, "file_search") != null) found.add("file_search");
  return found.sorted();
}

function usageOf(payload: Payload, hidden: Payload | null, metadata: Payload | null): TokenUsage {
  const usage = asObject(field(metadata, "usage_object")) ?? asObject(field(hidden, "usage_object"));
  const inputDetails = field(usage, "prompt_tokens_details") ?? field(usage, "input_tokens_details");
  const outputDetails = field(usage, "completion_tokens_details") ?? field(usage, "output_tokens_details");
  // It writes 0 where nothing was counted, as for a call that failed.
  const counted = payload.status === "success" || asCount(payload.total_tokens) !== 0;
  return {
    inputTokens: counted ? asTokenCount(payload.prompt_tokens) : null,
    outputTokens: counted ? asTokenCount(payload.completion_tokens) : null,
    cachedInputTokens: asTokenCount(field(inputDetails, "cached_tokens")),
    reasoningTokens: asTokenCount(field(outputDetails, "reasoning_tokens")),
  };
}

/**
 * The status of a failure. For an error of its own (a timeout, no connection, a limit of its own) LiteLLM writes a number
 * that no provider answered; that is not told.
 */
function statusOf(payload: Payload): number | null {
  const error = asObject(payload.error_information);
  const code = field(error, "error_code");
  const kind = asToken(field(error, "error_class"), 80) ?? "";
  const own = asToken(field(error, "error_rate_limit_category"), 64)?.startsWith("litellm_") === true;
  if (own || !providerErrors.has(kind)) return null;
  const status = typeof code === "number" ? code : typeof code === "string" ? Number(code) : Number.NaN;
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : null;
}

const providerErrors: ReadonlySet<string> = new Set([
  "AuthenticationError",
  "PermissionDeniedError",
  "NotFoundError",
  "ContextWindowExceededError",
  "ContentPolicyViolationError",
  "UnprocessableEntityError",
  "RateLimitError",
]);

function hadRetries(metadata: Payload | null): boolean {
  return (asCount(field(metadata, "attempted_retries")) ?? 0) > 0;
}

function endUserOf(payload: Payload, metadata: Payload | null): string | null {
  const user = payload.end_user ?? field(metadata, "user_api_key_end_user_id");
  return typeof user === "string" && user.length > 0 && user.length <= 256 ? user : null;
}

function sinceStart(payload: Payload): number | null {
  const { startTime, completionStartTime } = payload;
  if (typeof startTime !== "number" || typeof completionStartTime !== "number") return null;
  return asTokenCount(Math.round((completionStartTime - startTime) * 1000));
}

/** Seconds of Unix time with a fraction, or the text that the table of spend logs holds. */
function momentOf(value: unknown): string | null {
  return typeof value === "number" ? instantOf(value * 1000) : readInstant(value);
}

/** In an export of the table, JSON stands as a text. */
function jsonOf(value: unknown): Payload | null {
  return asObject(typeof value === "string" ? parseJson(value) : value);
}

function isYes(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

function saidBoolean(value: unknown): Said<boolean> {
  return typeof value === "boolean" ? { said: true, value } : { said: false };
}
