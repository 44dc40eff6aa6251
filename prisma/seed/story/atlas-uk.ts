import type { StoryCall } from "./story-call.ts";
import { traffic } from "./traffic.ts";
import type { StoryWindow } from "./window.ts";

/**
 * The shop's branch in the United Kingdom, where the provider stores and does not process: what is kept is kept there, and
 * that answers are worked out elsewhere was accepted by name.
 */
export function atlasUk({ from, end: to, scale, seed }: StoryWindow): StoryCall[] {
  return traffic(
    {
      from,
      to,
      utcOffsetHours: 0,
      outage: null,
      key: "Returns desk",
      operation: "chat",
      models: ["gpt-5.4-mini-2026-03-17", "gpt-5.4-2026-03-05"],
      calls: 900 * scale,
      rhythm: "shop",
      streams: 0.5,
      inputTokens: 540,
      outputTokens: 190,
    },
    `${seed}/atlas-uk`,
  );
}
