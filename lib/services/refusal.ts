/** Codes a refusal may carry outside `/v1`. Each has an anchor in `docs/errors.md`. */
export type RefusalCode =
  | "unauthenticated"
  | "second_factor_required"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "invalid_input"
  | "conflict"
  | "cross_origin"
  | "policy_cannot_be_met"
  | "not_independent"
  | "too_many_attempts"
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

  constructor(
    code: RefusalCode,
    message: string,
    options: { cause?: unknown; fields?: readonly FieldProblem[] } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.fields = options.fields ?? [];
  }
}
