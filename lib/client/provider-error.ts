/**
 * The error of an answer in OpenAI's shape, from the gateway or the provider.
 *
 * trust: a stranger wrote it. Two texts are taken, and shown as text.
 */
export function providerError(body: unknown): { code: string | null; message: string | null } {
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : null;
  if (typeof error !== "object" || error === null) return { code: null, message: null };
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  const message = "message" in error && typeof error.message === "string" ? error.message : null;
  return { code, message };
}
