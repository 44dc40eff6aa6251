import type { JsonObject } from "./json-fields.ts";

/** Fields of a form that say what a request asks for. All others are content, or say nothing we judge by. */
export const formFields: ReadonlySet<string> = new Set([
  "model",
  "stream",
  "store",
  "background",
  "service_tier",
  "purpose",
  "file_id",
  "session",
  "input_reference",
]);

/** The fields of a multipart form as the JSON body of the same request would have said them. */
export function readForm(fields: ReadonlyMap<string, string>): JsonObject {
  const json: Record<string, unknown> = {};
  for (const [name, text] of fields) json[name] = booleans.has(name) ? asBoolean(text) : text;
  if (typeof json.session === "string") json.session = parse(json.session);
  return json;
}

const booleans: ReadonlySet<string> = new Set(["stream", "store", "background"]);

/** What is no plain word stays text, which a reader of booleans calls unreadable. */
function asBoolean(text: string): unknown {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
