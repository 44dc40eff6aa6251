export type CauseText = {
  /** A few words, lower case where grammar allows: stands in lists and inside sentences. */
  readonly title: string;
  /** One sentence for an officer: what it means. */
  readonly sentence: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where the rule comes from. */
  readonly rule: { readonly title: string; readonly url: string | null };
};
