import { asObject, asToken, field, type JsonObject } from "./json-fields.ts";
import { transcriptionOf } from "./transcription-of.ts";
import { modelCharsMax } from "./unreadable-fields.ts";

/**
 * What a web socket is a session of. `realtime`: it is configured, and what it is asked for then is a matter of that;
 * `responses`: each event that asks for an answer is a request of its own (OpenAI, WebSocket mode, read 2026-11-30).
 */
export type SessionKind = "realtime" | "responses";

/** null: the operation opens no session. */
export function sessionKind(operation: string): SessionKind | null {
  if (operation === "responses.connect") return "responses";
  return operation === "realtime.connect" || operation === "realtime.translations.connect"
    ? "realtime"
    : null;
}

/**
 * What a session was asked to be, by all that was said of it. Only what anything is judged by is kept: a session lasts for
 * hours, and instructions and voices are content or nothing.
 */
export type AskedSession = JsonObject;

const judged = [
  "model",
  "tools",
  "tracing",
  "prompt",
  "modalities",
  "store",
  "background",
  "service_tier",
  "text",
  "response_format",
  "web_search_options",
  "conversation",
  "previous_response_id",
  "input",
  "messages",
] as const;

/** So much is kept of a session in all, as JSON: no more than one event of it may hold. */
export const sessionCharsMax = 4 * 1024 * 1024;

/**
 * A session after an update: what the update does not name stays as it was. null: that would be more than is kept, so nobody
 * knows any more what the session is.
 */
export function updateSession(before: AskedSession, update: JsonObject): AskedSession | null {
  const next = merged(before, update);
  return JSON.stringify(next).length > sessionCharsMax ? null : next;
}

function merged(before: AskedSession, update: JsonObject): AskedSession {
  const named = judged.filter((name) => Object.hasOwn(update, name));
  const transcription = transcriptionOf(update);
  const next = { ...before, ...Object.fromEntries(named.map((name) => [name, update[name]])) };
  if (transcription === undefined) return next;
  const model = field(transcription, "model") ?? field(transcriptionOf(before), "model");
  const kept = asObject(transcription) === null ? transcription : { model };
  return { ...next, audio: { input: { transcription: kept } } };
}

/** The model that writes down what is heard. A session that only does that has no other. */
export function transcriptionModel(session: unknown): string | null {
  return asToken(field(transcriptionOf(session), "model"), modelCharsMax);
}
