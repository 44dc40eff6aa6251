import { asObject, asToken, field } from "./json-fields.ts";
import { parseJson } from "./measure-json.ts";
import { createNameSet } from "./name-set.ts";
import type { Operation } from "./operation.ts";
import { type AnswerReading, featuresOfOutputItem, noUsage, readAnswer } from "./read-answer.ts";

export type StreamReading = AnswerReading & {
  /** True once the provider's own end was seen: `[DONE]`, or a response that completed, failed or ended. */
  readonly complete: boolean;
};

export type StreamReader = { push(dataLine: string): void; result(): StreamReading };

/** A line longer than this is not parsed: it counts as unread. */
const lineCharsMax = 16 * 1024 * 1024;

/**
 * Collects facts from the lines of an event stream, in order; keeps none of the text.
 *
 * `push` takes one line, with or without its `data:`; other lines of the stream (`event:`, comments,
 * blanks) are passed over. `onContent` is called once, at the first event that holds a piece of the answer. Trust: a line may be anything; unreadable input is a fact (`read: false` where
 * nothing could be read), never a throw.
 */
export function createStreamReader(operation: Operation, onContent?: () => void): StreamReader {
  let reading: AnswerReading = { ...readAnswer(operation, 200, {}), read: false };
  let complete = false;
  let broken = false;
  let begun = onContent === undefined;
  const features = createNameSet();

  function begin(): void {
    begun = true;
    onContent?.();
  }

  function merge(next: AnswerReading): void {
    for (const feature of next.featuresUsed) features.add(feature);
    // An event that holds more than is kept.
    if (!next.read) broken = true;
    reading = {
      read: reading.read || next.read,
      modelAnswered: next.modelAnswered ?? reading.modelAnswered,
      usage: hasCounts(next) ? next.usage : reading.usage,
      featuresUsed: [],
      providerObjectId: next.providerObjectId ?? reading.providerObjectId,
      // Each event says the same object again; the last word has its size and end.
      objectsNamed: next.objectsNamed.length > 0 ? next.objectsNamed : reading.objectsNamed,
      finishReason: next.finishReason ?? reading.finishReason,
      serviceTier: next.serviceTier ?? reading.serviceTier,
      errorCode: next.errorCode ?? reading.errorCode,
      suggestedHost: next.suggestedHost ?? reading.suggestedHost,
    };
  }

  function readEvent(json: unknown): void {
    const type = asToken(field(json, "type"), 80);
    if (type === null) {
      // Steps and messages of a run are named beside it; the answer is the run.
      if (isPartOfRun(json)) reading = { ...reading, read: true };
      else merge(readAnswer(operation, 200, json));
      return;
    }
    for (const feature of featuresOfOutputItem(field(json, "item"))) features.add(feature);
    const tool = /^response\.([a-z_]+_call)\./.exec(type)?.[1];
    if (tool !== undefined) for (const feature of featuresOfOutputItem({ type: tool })) features.add(feature);
    if (type.startsWith("response.mcp_")) features.add("mcp");
    const response = field(json, "response");
    if (asObject(response) !== null) merge(readAnswer(operation, 200, response));
    if (type === "error") merge(readAnswer(operation, 200, { error: field(json, "error") ?? json }));
    if (!endings.has(type)) return;
    complete = true;
    // Images and speech say what they used in their last event.
    const used = field(json, "usage");
    if (used !== undefined) merge(readAnswer(operation, 200, { usage: used }));
  }

  return {
    push(dataLine) {
      const data = dataOf(dataLine);
      if (data === "") return;
      if (data === "[DONE]") {
        complete = true;
        return;
      }
      if (isTextDelta(data)) {
        if (!begun) begin();
        return;
      }
      const json = data.length > lineCharsMax ? undefined : parseJson(data);
      if (asObject(json) === null) broken = true;
      else {
        if (!begun && isContent(json)) begin();
        readEvent(json);
      }
    },
    result() {
      return {
        ...reading,
        // One unreadable line may have been the one that named a tool.
        read: reading.read && !broken && features.isWhole(),
        usage: reading.usage ?? noUsage,
        featuresUsed: features.sorted(),
        complete,
      };
    },
  };
}

const endings = new Set([
  "response.completed",
  "response.failed",
  "response.incomplete",
  "error",
  "speech.audio.done",
  "transcript.text.done",
  "image_generation.completed",
  "image_edit.completed",
]);

/**
 * Whether an event holds a piece of what the model says: text, a refusal, reasoning, a call of a tool, sound or a picture.
 * The first chunk of a chat names a role and has no text; a response that was created has none either.
 */
function isContent(json: unknown): boolean {
  const type = field(json, "type") ?? field(json, "object");
  if (typeof type === "string" && contentTypes.test(type)) return true;
  const choices = field(json, "choices");
  return (
    Array.isArray(choices) && choices.some((choice) => hasText(choice) || hasText(field(choice, "delta")))
  );
}

/** `response.refusal.delta`, `thread.message.delta`, `speech.audio.delta`, `image_generation.partial_image`. */
const contentTypes = /\.delta$|partial_image$/;

function hasText(part: unknown): boolean {
  const said = asObject(part);
  return (
    said !== null &&
    Object.entries(said).some(
      ([name, value]) => contentNames.has(name) && value !== null && value !== "" && !isEmptyList(value),
    )
  );
}

const contentNames = new Set([
  "text",
  "content",
  "refusal",
  "reasoning",
  "reasoning_content",
  "tool_calls",
  "function_call",
  "audio",
]);

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isPartOfRun(json: unknown): boolean {
  const object = field(json, "object");
  return typeof object === "string" && object.startsWith("thread.") && object !== "thread.run";
}

function dataOf(line: string): string {
  const text = line.trim();
  if (text.startsWith("data:")) return text.slice("data:".length).trimStart();
  return text.startsWith("{") || text === "[DONE]" ? text : "";
}

/** The bulk of a Responses stream. It holds text and nothing we keep, so it is not parsed. */
function isTextDelta(data: string): boolean {
  return data.startsWith('{"type":"response.output_text.delta"');
}

function hasCounts(reading: AnswerReading): boolean {
  return Object.values(reading.usage).some((count) => count !== null);
}
