/**
 * HTTP status that an error's type stands for: the number itself, or the class that OpenAI's SDKs throw for exactly that
 * status (openai-node 7.57.0, `core/error.ts`; openai-python has the same names). null for every other word:
 * `InternalServerError` is any status from 500, `APIConnectionError` is none.
 */
export function statusOfErrorType(type: unknown): number | null {
  if (typeof type !== "string") return null;
  if (/^[1-5]\d\d$/.test(type)) return Number(type);
  return statuses.get(type.replace(/^openai\./, "")) ?? null;
}

const statuses: ReadonlyMap<string, number> = new Map([
  ["BadRequestError", 400],
  ["AuthenticationError", 401],
  ["PermissionDeniedError", 403],
  ["NotFoundError", 404],
  ["ConflictError", 409],
  ["UnprocessableEntityError", 422],
  ["RateLimitError", 429],
]);
