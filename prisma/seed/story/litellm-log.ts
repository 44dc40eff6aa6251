import { arrivals } from "./arrivals.ts";
import { randomOf } from "./random.ts";
import type { StoryWindow } from "./window.ts";

const dayMs = 86_400_000;

/** What LiteLLM logged within a day: records in its own form, as `POST /intake/v1/litellm` takes them. */
export type LoggedDay = {
  /** When they were sent, in milliseconds since 1970. */
  readonly sentAt: number;
  readonly records: readonly Readonly<Record<string, unknown>>[];
};

/**
 * A data science team calls OpenAI through a LiteLLM of its own. Its log says which host it dialled; nobody else saw it, so
 * none of these calls is cleared.
 */
export function litellmLog({ from, end, scale, seed }: StoryWindow): LoggedDay[] {
  const random = randomOf(`${seed}/litellm`);
  const plan = { from: Math.max(from, end - 28 * dayMs), to: end - 2 * 60_000, utcOffsetHours: 1 } as const;
  const days = new Map<number, Record<string, unknown>[]>();
  for (const at of arrivals({ ...plan, calls: 420 * scale, rhythm: "office" }, random)) {
    const day = Math.floor(at / dayMs);
    const took = 0.4 + random.skewed(2.2, 0.5);
    const prompt = Math.round(random.skewed(2_100, 0.6));
    const completion = Math.round(random.skewed(320, 0.5));
    const of = days.get(day) ?? [];
    days.set(day, of);
    of.push({
      id: `chatcmpl-${Buffer.from(random.bytes(12)).toString("hex")}`,
      call_type: "acompletion",
      custom_llm_provider: "openai",
      status: "success",
      stream: false,
      model: random.pick(["gpt-5.5", "gpt-5.4-mini-2026-03-17"]),
      api_base: "https://eu.api.openai.com/v1/",
      startTime: at / 1_000,
      endTime: at / 1_000 + took,
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      metadata: { user_api_key_alias: random.pick(["churn-model", "notebooks", "evaluation"]) },
    });
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, records]) => ({ sentAt: Math.min((day + 1) * dayMs, end), records }));
}
