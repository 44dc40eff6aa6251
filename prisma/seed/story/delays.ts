import type { Random } from "./random.ts";
import type { StoryCall } from "./story-call.ts";

export type Delays = {
  /** From the request's first byte to the answer's first byte. */
  readonly ttftMs: number;
  /** From the call's start to its end. */
  readonly durationMs: number;
};

/** How long an answered call takes: by region (Europe a little slower), model and length of the answer. */
export function delaysOf(call: StoryCall, region: string | null, random: Random): Delays {
  const place = placeMs[region ?? ""] ?? 60;
  const model = speeds.find(({ names }) => names.test(call.model ?? "")) ?? usual;
  const firstMs = place + random.skewed(model.firstMs, 0.35) + call.inputTokens * 0.02;
  const restMs =
    call.outputTokens * model.tokenMs * (0.85 + 0.3 * random.next()) * (region === "eu" ? 1.06 : 1);
  const durationMs = Math.round(firstMs + restMs + 8);
  // Without streaming the first byte is that of the finished answer.
  return { ttftMs: Math.round(call.stream ? firstMs : firstMs + restMs), durationMs };
}

const placeMs: Readonly<Record<string, number>> = { global: 40, us: 36, eu: 78, gb: 92 };

const usual = { names: /./, firstMs: 380, tokenMs: 11 };

const speeds = [
  { names: /embedding/, firstMs: 90, tokenMs: 0 },
  { names: /^$/, firstMs: 60, tokenMs: 0 },
  { names: /nano|mini|luna/, firstMs: 260, tokenMs: 6 },
  { names: /astra|sol/, firstMs: 640, tokenMs: 15 },
];
