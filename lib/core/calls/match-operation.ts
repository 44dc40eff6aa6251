import type { Operation } from "./operation.ts";
import { type OperationRow, operationRows } from "./operations-table.ts";

/** A method and path that OpenAI's reference does not have. What it carries is not known, so it counts as content. */
export const unknownOperation: Operation = {
  id: "unknown",
  endpoint: null,
  genAiOperation: "unknown",
  carriesContent: true,
};

/**
 * Finds the operation of a request. null for a method and path that OpenAI's reference does not have: the
 * caller decides what an unknown path means.
 *
 * `path` is the request path without its query; one slash at the end is ignored. Segments are compared as
 * sent: an encoded slash does not make two of one. HEAD asks for the head of what GET would answer.
 */
export function matchOperation(method: string, path: string): Operation | null {
  const parts = segments(path);
  if (parts === null) return null;
  const upper = method.toUpperCase();
  const verb = upper === "HEAD" ? "GET" : upper;
  const candidates = byLength.get(parts.length) ?? [];
  const found = candidates.find((entry) => entry.row[0] === verb && fits(entry.parts, parts));
  return found ? found.operation : null;
}

const pathCharsMax = 2048;

function segments(path: string): string[] | null {
  if (path.length > pathCharsMax || !path.startsWith("/")) return null;
  const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const parts = bare.slice(1).split("/");
  return parts.some((part) => part === "" || part === "." || part === "..") ? null : parts;
}

type Entry = { readonly row: OperationRow; readonly parts: readonly string[]; readonly operation: Operation };

/** Literal segments before placeholders, so that `/responses/compact` is not a response called "compact". */
const byLength: ReadonlyMap<number, readonly Entry[]> = index();

function index(): Map<number, Entry[]> {
  const map = new Map<number, Entry[]>();
  for (const row of operationRows) {
    const parts = row[1].slice(1).split("/");
    const entry = { row, parts, operation: toOperation(row) };
    map.set(parts.length, [...(map.get(parts.length) ?? []), entry]);
  }
  for (const entries of map.values()) entries.sort((a, b) => placeholders(a.parts) - placeholders(b.parts));
  return map;
}

function placeholders(parts: readonly string[]): number {
  return parts.filter(isPlaceholder).length;
}

function isPlaceholder(part: string): boolean {
  return part.startsWith("{");
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.every((part, at) => isPlaceholder(part) || part === parts[at]);
}

function toOperation([, , id, endpoint, carries]: OperationRow): Operation {
  return { id, endpoint, genAiOperation: genAiName(id), carriesContent: carries === "content" };
}

/** OpenTelemetry's name of an operation by its id, where it has one; else the operation's own. */
export function genAiName(id: string): string {
  if (id === "chat.completions.create" || id === "responses.create" || id === "responses.connect")
    return "chat";
  if (id === "embeddings.create") return "embeddings";
  if (id === "completions.create") return "text_completion";
  if (id.startsWith("images.") || id.startsWith("audio.speech")) return "generate_content";
  if (id === "vector_stores.search") return "retrieval";
  if (id === "threads.runs.create" || id === "threads.create_and_run") return "invoke_agent";
  if (id === "agents.sessions.create" || id === "agents.sessions.events.create") return "invoke_agent";
  if (id === "assistants.create" || id === "agents.create") return "create_agent";
  return id;
}
