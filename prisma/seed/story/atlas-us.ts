import { nightlyBatches } from "./nightly-batch.ts";
import type { StoryCall } from "./story-call.ts";
import { traffic } from "./traffic.ts";
import type { StoryWindow } from "./window.ts";

/**
 * A shop in the United States. Its counsel accepted the global host by name: permitted, and promised nowhere. Its files of
 * requests go through that host, too: nobody promises where they are kept.
 */
export function atlasUs(window: StoryWindow): StoryCall[] {
  const { from, end: to, scale } = window;
  const seed = `${window.seed}/atlas-us`;
  const shared = { from, to, utcOffsetHours: -5, outage: null } as const;
  return [
    ...traffic(
      {
        ...shared,
        key: "Shop search",
        operation: "embeddings",
        models: ["text-embedding-3-small", "text-embedding-3-large"],
        calls: 4_900 * scale,
        rhythm: "shop",
        streams: 0,
        inputTokens: 240,
        outputTokens: 0,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Product copy",
        operation: "chat",
        models: ["gpt-5.5", "gpt-5.4-mini-2026-03-17", "gpt-6-sol"],
        calls: 4_700 * scale,
        rhythm: "office",
        streams: 0.6,
        inputTokens: 820,
        outputTokens: 340,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Marketing drafts",
        operation: "chat",
        models: ["gpt-5.6-sol", "gpt-5.5"],
        calls: 2_700 * scale,
        rhythm: "office",
        streams: 0.4,
        inputTokens: 1_150,
        outputTokens: 520,
      },
      seed,
    ),
    ...nightlyBatches(
      {
        key: "Marketing drafts",
        model: "gpt-5.5",
        nights: [1, 2, 3, 8, 9, 10, 15, 16],
        end: to,
        lines: 1_800,
      },
      seed,
    ),
  ];
}
