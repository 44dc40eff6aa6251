import type { TokenUsage } from "./call-facts.ts";
import { asObject, asToken, asTokenCount, field, type JsonObject } from "./json-fields.ts";
import { parseExactly, parseJson } from "./measure-json.ts";
import { createNameSet } from "./name-set.ts";
import { objectsMax } from "./objects-of-request.ts";
import type { Operation } from "./operation.ts";
import type { NamedObject } from "./provider-object.ts";
import { type AnswerReading, noUsage, readAnswer, readUsage } from "./read-answer.ts";
import { type SessionKind, sessionKind, transcriptionModel } from "./realtime-session.ts";
import { modelCharsMax } from "./unreadable-fields.ts";

/** Reads the events of a session as they pass; keeps names and counts, no text and no sound. */
export type RealtimeReader = {
  /** An event of the provider. */
  server(text: string): void;
  /** Something of the provider that could not be read passed. */
  unread(): void;
  result(): AnswerReading;
};

/**
 * What an event of the client asks for: of the session from now on, of one answer, or more of an answer that was asked for.
 * `unread`: nobody can say.
 */
export type ClientWish = { readonly of: "session" | "answer" | "more"; readonly json: JsonObject } | "unread";

/** An event longer than this is not read. */
export const realtimeEventCharsMax = 4 * 1024 * 1024;

/**
 * What an event of the client asks for; null: nothing that is judged.
 *
 * trust: an event that two readers may take differently counts as one that nobody read.
 */
export function readClientEvent(text: string, kind: SessionKind): ClientWish | null {
  if (kind === "realtime" && isSound(text)) return null;
  const event = text.length > realtimeEventCharsMax ? null : asObject(parseExactly(text));
  if (event === null) return "unread";
  const type = field(event, "type");
  // Whatever else is said there brings input to an answer, such as `response.steer` and `response.inject`.
  if (kind === "responses") return { of: type === "response.create" ? "answer" : "more", json: event };
  if (type === "response.create") {
    const said = field(event, "response");
    const answer = asObject(said);
    if (answer === null) return said == null ? null : "unread";
    return { of: "answer", json: withoutMode(answer) };
  }
  if (type !== "session.update" && type !== "transcription_session.update") return null;
  const session = asObject(field(event, "session"));
  return session === null ? "unread" : { of: "session", json: session };
}

/** `auto` and `none` say whether the answer joins the session's own conversation; neither names a stored one. */
function withoutMode(answer: JsonObject): JsonObject {
  const { conversation, ...rest } = answer;
  return conversation === "auto" || conversation === "none" ? rest : answer;
}

const small =
  '"(?:type"\\s*:\\s*"(?:session\\.)?input_audio_buffer\\.append|event_id"\\s*:\\s*"[^"\\\\]{0,64})"';
const soundHead = new RegExp(`^\\s*\\{\\s*(?:${small}\\s*,\\s*){0,2}"audio"\\s*:\\s*"`);
const soundTail = new RegExp(`^"\\s*(?:,\\s*${small}\\s*){0,2}\\}\\s*$`);
const edgeCharsMax = 300;

/**
 * The bulk of a session: an event that appends sound and says nothing else. It is known by its head and its tail, because
 * a text without quotes and backslashes between them is one string.
 */
function isSound(text: string): boolean {
  const head = soundHead.exec(text.slice(0, edgeCharsMax))?.[0];
  if (head === undefined) return false;
  const end = text.indexOf('"', head.length);
  if (end === -1 || text.length - end > edgeCharsMax) return false;
  const tail = text.slice(end);
  const slash = text.indexOf("\\", head.length);
  return soundTail.test(tail) && (slash === -1 || slash > end) && `${head}${tail}`.includes("append");
}

/** Pieces of answers, which say nothing that is kept. */
const delta = /^\{"(type"|event_id":"[^"]{0,64}","type"):"response\.[a-z_.]+\.delta"/;

/** `onMade`: told the id of each response that a session of them begins. */
export function createRealtimeReader(operation: Operation, onMade?: (id: string) => void): RealtimeReader {
  const kind = sessionKind(operation.id);
  const blank = readAnswer(operation, 200, {});
  let reading: AnswerReading = { ...blank, read: true };
  const features = createNameSet();
  const sums = createUsageSums();
  const named = new Map<string, NamedObject>();
  /** Begun, and not over: nobody knows yet what they use. */
  const open = new Set<string>();

  const begin = (response: unknown): void => {
    const id = asToken(field(response, "id"), 128);
    if (id === null) return;
    open.add(id);
    onMade?.(id);
  };
  const end = (response: unknown): void => {
    const answered = readAnswer(operation, 200, response);
    sums.add(answered.usage);
    for (const feature of answered.featuresUsed) features.add(feature);
    const { modelAnswered, providerObjectId, finishReason, serviceTier, errorCode } = answered;
    reading = {
      ...reading,
      read: reading.read && features.isWhole() && answered.read,
      modelAnswered: modelAnswered ?? reading.modelAnswered,
      ...{ providerObjectId, finishReason, serviceTier },
      errorCode: errorCode ?? reading.errorCode,
    };
    if (providerObjectId !== null) open.delete(providerObjectId);
    if (field(response, "store") === false) return;
    for (const object of answered.objectsNamed)
      if (named.size < objectsMax) named.set(`${object.kind} ${object.id}`, object);
  };

  return {
    server(text) {
      const event = parseAnswer(text);
      if (event === null) return;
      if (event === undefined) {
        reading = { ...reading, read: false };
        return;
      }
      const type = asToken(field(event, "type"), 80) ?? "";
      if (kind === "responses" && type === "response.created") begin(field(event, "response"));
      if (kind === "responses" && endings.has(type)) end(field(event, "response"));
      if (type === "session.created" || type === "session.updated") {
        const session = field(event, "session");
        reading = {
          ...reading,
          modelAnswered:
            asToken(field(session, "model"), modelCharsMax) ??
            transcriptionModel(session) ??
            reading.modelAnswered,
          providerObjectId: asToken(field(session, "id"), 128) ?? reading.providerObjectId,
        };
      }
      if (type === "response.done") {
        const response = field(event, "response");
        const answered = readAnswer(operation, 200, response);
        sums.add(readUsage(field(response, "usage")));
        for (const feature of answered.featuresUsed) features.add(feature);
        const whole = features.isWhole() && (asObject(response) === null || answered.read);
        reading = { ...reading, read: reading.read && whole };
      }
      if (type === "error")
        reading = {
          ...reading,
          errorCode: asToken(field(field(event, "error") ?? event, "code"), 64) ?? reading.errorCode,
        };
    },
    unread() {
      reading = { ...reading, read: false };
    },
    result: () => ({
      ...reading,
      read: reading.read && open.size === 0,
      featuresUsed: features.sorted(),
      usage: sums.result(),
      objectsNamed: [...named.values()],
    }),
  };
}

const endings: ReadonlySet<string> = new Set([
  "response.completed",
  "response.failed",
  "response.incomplete",
]);

/** null: nothing that matters; undefined: nobody can read it. */
function parseAnswer(text: string): unknown {
  if (delta.test(text.slice(0, 200))) return null;
  if (text.length > realtimeEventCharsMax) return undefined;
  return asObject(parseJson(text)) ?? undefined;
}

/** Sums of each count over the answers of a session. A sum that no record holds is as good as none. */
function createUsageSums() {
  const sums: { -readonly [Name in keyof TokenUsage]: number | null } = { ...noUsage };
  const names = Object.keys(noUsage) as (keyof TokenUsage)[];
  return {
    add(usage: TokenUsage): void {
      for (const name of names) {
        const count = usage[name];
        if (count !== null) sums[name] = Math.min((sums[name] ?? 0) + count, Number.MAX_SAFE_INTEGER);
      }
    },
    result: (): TokenUsage => ({
      inputTokens: asTokenCount(sums.inputTokens),
      outputTokens: asTokenCount(sums.outputTokens),
      cachedInputTokens: asTokenCount(sums.cachedInputTokens),
      reasoningTokens: asTokenCount(sums.reasoningTokens),
    }),
  };
}
