/** Codes a refusal may carry outside `/v1`. Each has an anchor in `docs/errors.md`. */
export type RefusalCode =
  | "unauthenticated"
  | "second_factor_required"
  | "confirmation_required"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "invalid_input"
  | "conflict"
  | "cross_origin"
  | "policy_cannot_be_met"
  | "not_independent"
  | "too_many_attempts"
  | "too_much_at_once"
  | "unavailable";

export type FieldProblem = { readonly field: string; readonly message: string };

/**
 * An expected no. The message is for a stranger; the cause is for the log of this process and for
 * nobody else.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly fields: readonly FieldProblem[];
  /** After how many seconds it may be asked for again; null: that is not known. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: RefusalCode,
    message: string,
    options: { cause?: unknown; fields?: readonly FieldProblem[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
