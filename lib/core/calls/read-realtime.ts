import type { TokenUsage } from "./call-facts.ts";
import { asObject, asToken, field } from "./json-fields.ts";
import { parseJson } from "./measure-json.ts";
import type { Operation } from "./operation.ts";
import { type AnswerReading, noUsage, readAnswer, readUsage } from "./read-answer.ts";
import { modelCharsMax } from "./unreadable-fields.ts";

/** Reads the events of a realtime session as they pass; keeps names and counts, no text and no sound. */
export type RealtimeReader = {
  /** An event of the client. Answers what its session is to be from now on, where the event says so, else null. */
  client(text: string): SessionAsked | null;
  /** An event of the provider. */
  server(text: string): void;
  /** Something that could not be read passed. */
  unread(): void;
  result(): AnswerReading;
};

/** A session as a request would say it: model and tools. */
export type SessionAsked = { readonly json: Readonly<Record<string, unknown>> };

/** An event longer than this is passed on unread. */
export const realtimeEventCharsMax = 4 * 1024 * 1024;

/** The bulk of a session: sound and pieces of text, which say nothing that is kept. */
const bulk =
  /^\{"(type"|event_id":"[^"]{0,64}","type"):"(input_audio_buffer\.append|response\.[a-z_.]+\.delta)"/;

export function createRealtimeReader(operation: Operation): RealtimeReader {
  const blank = readAnswer(operation, 200, {});
  let reading: AnswerReading = { ...blank, read: true };
  let usage: TokenUsage = noUsage;
  return {
    client(text) {
      const event = parse(text);
      if (event === null) return null;
      if (event === undefined) {
        reading = { ...reading, read: false };
        return null;
      }
      const type = field(event, "type");
      if (type !== "session.update" && type !== "response.create" && type !== "transcription_session.update")
        return null;
      const session = asObject(field(event, type === "response.create" ? "response" : "session"));
      return session === null ? null : { json: session };
    },
    server(text) {
      const event = parse(text);
      if (event === null) return;
      if (event === undefined) {
        reading = { ...reading, read: false };
        return;
      }
      const type = asToken(field(event, "type"), 80);
      if (type === "session.created" || type === "session.updated") {
        const session = field(event, "session");
        reading = {
          ...reading,
          modelAnswered: asToken(field(session, "model"), modelCharsMax) ?? reading.modelAnswered,
          providerObjectId: asToken(field(session, "id"), 128) ?? reading.providerObjectId,
        };
      }
      if (type === "response.done") {
        const answered = readAnswer(operation, 200, field(event, "response"));
        usage = added(usage, readUsage(field(field(event, "response"), "usage")));
        reading = {
          ...reading,
          featuresUsed: [...new Set([...reading.featuresUsed, ...answered.featuresUsed])].sort(),
        };
      }
      if (type === "error")
        reading = {
          ...reading,
          errorCode: asToken(field(field(event, "error"), "code"), 64) ?? reading.errorCode,
        };
    },
    unread() {
      reading = { ...reading, read: false };
    },
    result: () => ({ ...reading, usage }),
  };
}

/** null: nothing that matters; undefined: nobody can read it. */
function parse(text: string): unknown {
  if (bulk.test(text.slice(0, 200))) return null;
  if (text.length > realtimeEventCharsMax) return undefined;
  return asObject(parseJson(text)) ?? undefined;
}

function added(a: TokenUsage, b: TokenUsage): TokenUsage {
  const sum = (one: number | null, other: number | null) =>
    one === null && other === null ? null : (one ?? 0) + (other ?? 0);
  return {
    inputTokens: sum(a.inputTokens, b.inputTokens),
    outputTokens: sum(a.outputTokens, b.outputTokens),
    cachedInputTokens: sum(a.cachedInputTokens, b.cachedInputTokens),
    reasoningTokens: sum(a.reasoningTokens, b.reasoningTokens),
  };
}
