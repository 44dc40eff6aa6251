import { field } from "../core/calls/json-fields.ts";
import { providerError } from "../core/calls/provider-error.ts";
import { linesOfBody } from "./lines-of-body.ts";

export type CompletionEnd =
  | { readonly kind: "answered" }
  /** The answer ended before its end was announced. */
  | { readonly kind: "cut" }
  /** A no or a failure, in words. `code` is of `docs/errors.md` or the provider's own; null where it gave none. */
  | { readonly kind: "failed"; readonly code: string | null; readonly message: string };

/**
 * Reads the server-sent events of a chat completion and tells each piece of text. Ends as `answered` only
 * where the provider said it was done.
 *
 * trust: the provider wrote it. What cannot be read is passed over; text is only ever text.
 */
export async function readCompletionEvents(
  body: ReadableStream<Uint8Array>,
  onText: (text: string) => void,
): Promise<CompletionEnd> {
  for await (const line of linesOfBody(body)) {
    const end = readLine(line, onText);
    if (end) return end;
  }
  return { kind: "cut" };
}

function readLine(line: string, onText: (text: string) => void): CompletionEnd | null {
  if (!line.startsWith("data:")) return null;
  const data = line.slice(5).trim();
  if (data === "[DONE]") return { kind: "answered" };
  const event = parse(data);
  const { code, message } = providerError(event);
  if (message !== null) return { kind: "failed", code, message };
  const text = deltaOf(event);
  if (text !== "") onText(text);
  return null;
}

function deltaOf(event: unknown): string {
  const choices = field(event, "choices");
  const delta = field(Array.isArray(choices) ? choices[0] : null, "delta");
  const text = field(delta, "content") ?? field(delta, "refusal");
  return typeof text === "string" ? text : "";
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
