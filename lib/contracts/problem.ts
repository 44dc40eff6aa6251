/** Body of every error under `/api`, with `content-type: application/problem+json` (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** From the closed list in `docs/errors.md`. */
  readonly code: string;
  readonly detail: string;
  /** As `Retry-After` says it. */
  readonly retryAfterSeconds?: number;
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
};
