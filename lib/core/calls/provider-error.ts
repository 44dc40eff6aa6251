import { field } from "./json-fields.ts";

/**
 * The error of an answer in OpenAI's shape, from the gateway or the provider.
 *
 * trust: a stranger wrote it. Two texts are taken, and shown as text.
 */
export function providerError(body: unknown): { code: string | null; message: string | null } {
  const error = field(body, "error");
  return { code: textOf(field(error, "code")), message: textOf(field(error, "message")) };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
