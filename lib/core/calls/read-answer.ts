import { normaliseHost } from "../regions/normalise-host.ts";
import type { TokenUsage } from "./call-facts.ts";
import { isLocalShell, toolFeature } from "./features-of-request.ts";
import { asArray, asObject, asToken, asTokenCount, field } from "./json-fields.ts";
import { createNameSet } from "./name-set.ts";
import { objectsOfAnswer, statesOfAnswer } from "./objects-of-answer.ts";
import type { Operation } from "./operation.ts";
import type { NamedObject, ObjectState } from "./provider-object.ts";
import { modelCharsMax } from "./unreadable-fields.ts";

export type AnswerReading = {
  /** False where there was nothing we could read, or more than is kept: then nothing follows from what is absent. */
  readonly read: boolean;
  readonly modelAnswered: string | null;
  readonly usage: TokenUsage;
  /** Feature ids the answer shows were used, sorted. */
  readonly featuresUsed: readonly string[];
  readonly providerObjectId: string | null;
  /** Objects that the answer names as kept by the provider. */
  readonly objectsNamed: readonly NamedObject[];
  /** How far they are, where that moves. Absent: nobody looked. */
  readonly objectStates?: readonly ObjectState[];
  /** Why the answer ended, in the provider's word; null: it said none. */
  readonly finishReason: string | null;
  /** Tier the provider says it served with. */
  readonly serviceTier: string | null;
  readonly errorCode: string | null;
  /** Host named in an `incorrect_hostname` answer, normalised. Recorded, never followed. */
  readonly suggestedHost: string | null;
};

export const noUsage: TokenUsage = {
  inputTokens: null,
  outputTokens: null,
  cachedInputTokens: null,
  reasoningTokens: null,
};

/**
 * Reads the facts of an answer's body. Trust: `json` is what the peer sent; any value is taken, nothing
 * throws, and no text is kept but names, ids and counts. An error text may hold content: it is read for
 * the host it names and dropped.
 */
export function readAnswer(operation: Operation, _status: number, json: unknown): AnswerReading {
  const error = readError(json);
  const used = readsAgain(operation) ? noUsage : readUsage(field(json, "usage"));
  const features = createNameSet();
  for (const feature of featuresOfAnswer(json)) features.add(feature);
  return {
    read: asObject(json) !== null && features.isWhole(),
    modelAnswered: asToken(field(json, "model"), modelCharsMax),
    usage: used,
    featuresUsed: features.sorted(),
    providerObjectId: asToken(field(json, "id"), 128),
    objectsNamed: objectsOfAnswer(json),
    objectStates: statesOfAnswer(json),
    finishReason: finishReason(json),
    serviceTier: asToken(field(json, "service_tier"), 32),
    ...error,
  };
}

/**
 * True for calls that look at an object which another call made. Its usage is that call's: counted with each look, the
 * sums would be too high.
 */
function readsAgain({ id }: Operation): boolean {
  return /\.(retrieve|list|update|delete|cancel)$/.test(id);
}

/** Objects whose `status` says how an answer ended; that of a batch or job is the state of something that goes on. */
const answersWithStatus: ReadonlySet<unknown> = new Set(["response", "thread.run"]);

/** Why an answer ended: a choice's `finish_reason`, or the reason or status of a response or run. */
export function finishReason(json: unknown): string | null {
  for (const choice of asArray(field(json, "choices"))) {
    const reason = asToken(field(choice, "finish_reason"), finishCharsMax);
    if (reason !== null) return reason;
  }
  if (!answersWithStatus.has(field(json, "object"))) return null;
  const reason = asToken(field(field(json, "incomplete_details"), "reason"), finishCharsMax);
  return reason ?? asToken(field(json, "status"), finishCharsMax);
}

const finishCharsMax = 40;

/** Token counts in the words of either API; null for what is not said, and for more than any record holds. */
export function readUsage(usage: unknown): TokenUsage {
  const input = field(usage, "input_tokens") ?? field(usage, "prompt_tokens");
  const output = field(usage, "output_tokens") ?? field(usage, "completion_tokens");
  const inputDetails = field(usage, "input_tokens_details") ?? field(usage, "prompt_tokens_details");
  const outputDetails = field(usage, "output_tokens_details") ?? field(usage, "completion_tokens_details");
  return {
    inputTokens: asTokenCount(input),
    outputTokens: asTokenCount(output),
    cachedInputTokens: asTokenCount(field(inputDetails, "cached_tokens")),
    reasoningTokens: asTokenCount(field(outputDetails, "reasoning_tokens")),
  };
}

/** Some answers say `"error": "a sentence"`: a code there is none. */
function readError(json: unknown): { errorCode: string | null; suggestedHost: string | null } {
  const error = field(json, "error");
  const errorCode = asToken(field(error, "code"), 64);
  const message = field(error, "message");
  const named =
    errorCode === "incorrect_hostname" && typeof message === "string"
      ? /make your request to ([a-z0-9.-]{1,253})/i.exec(message.slice(0, 1000))?.[1]
      : undefined;
  return { errorCode, suggestedHost: named === undefined ? null : normaliseHost(named) };
}

export function featuresOfAnswer(json: unknown): string[] {
  const output = asArray(field(json, "output")).flatMap(featuresOfOutputItem);
  const chat = asArray(field(json, "choices")).flatMap((choice) => [
    ...citations(field(field(choice, "message"), "annotations")),
    ...citations(field(field(choice, "delta"), "annotations")),
  ]);
  return [...output, ...chat];
}

/** Calls the application answers itself. */
const callerCalls = new Set([
  "function_call",
  "custom_tool_call",
  "apply_patch_call",
  "local_shell_call",
  "tool_search_call",
]);

/** Feature that one output item of a response shows in use. */
export function featuresOfOutputItem(item: unknown): string[] {
  const type = asToken(field(item, "type"), 64);
  if (type === null) return [];
  if (type.startsWith("mcp_")) return ["mcp"];
  if (type === "program") return ["programmatic_tool_calling"];
  if (type === "message") {
    return asArray(field(item, "content")).flatMap((part) => citations(field(part, "annotations")));
  }
  if (!type.endsWith("_call") || callerCalls.has(type) || isLocalShell(item)) return [];
  return [toolFeature(type.slice(0, -"_call".length))];
}

function citations(annotations: unknown): string[] {
  return asArray(annotations).flatMap((annotation) => {
    const type = field(annotation, "type");
    if (type === "url_citation") return ["web_search"];
    if (type === "container_file_citation") return ["code_interpreter"];
    return [];
  });
}
