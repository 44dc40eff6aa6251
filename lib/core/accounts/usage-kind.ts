/**
 * The usage endpoints of the provider's admin API that count requests to models, below `/v1/organization/usage/`
 * (client `openai` 7.57.0, `resources/admin/organization/usage.d.ts`, read 2026-11-30).
 */
export const usageKinds = [
  "completions",
  "embeddings",
  "moderations",
  "images",
  "audio_speeches",
  "audio_transcriptions",
] as const;
export type UsageKind = (typeof usageKinds)[number];

/** Whether the endpoint tells requests of batches from others: `batch` is in `group_by` of completions alone (same source). */
export function tellsBatches(kind: UsageKind): boolean {
  return kind === "completions";
}
