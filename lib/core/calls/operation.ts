/**
 * What an application asked the provider to do, in the provider's own words.
 *
 * `operation` follows the provider's reference (`chat.completions.create`); `genAiOperation` is the
 * OpenTelemetry GenAI name for the same thing (semantic-conventions-genai, read 2026-11).
 */
export type Operation = {
  readonly id: string;
  /** Row of the catalog that says where this is processed and stored; null where it lists none. */
  readonly endpoint: string | null;
  readonly genAiOperation: string;
  /** False for calls that carry no content either way: list and read calls on metadata. */
  readonly carriesContent: boolean;
};
