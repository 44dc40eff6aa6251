import { operationRows } from "../calls/operations-table.ts";

/** OpenAI's own name of an operation as logs write it: in full, or by the short name of its API. null: none of them. */
export function operationOfName(name: string | null): string | null {
  if (name === null) return null;
  const lower = name.toLowerCase();
  return shortNames.get(lower) ?? (ids.has(lower) ? lower : null);
}

const ids: ReadonlySet<string> = new Set(operationRows.map(([, , id]) => id));

/** `chat` alone is also what OpenTelemetry calls a response: it is no name of one operation. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ["chat.completions", "chat.completions.create"],
  ["chat_completions", "chat.completions.create"],
  ["chat_completion", "chat.completions.create"],
  ["chat.completion", "chat.completions.create"],
  ["acompletion", "chat.completions.create"],
  ["responses", "responses.create"],
  ["response", "responses.create"],
  ["embeddings", "embeddings.create"],
  ["embedding", "embeddings.create"],
  ["completions", "completions.create"],
  ["text_completion", "completions.create"],
  ["moderations", "moderations.create"],
  ["moderation", "moderations.create"],
]);
