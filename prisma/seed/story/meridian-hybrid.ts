import { randomOf } from "./random.ts";
import { chatCall, workingDay } from "./scenes.ts";
import type { StoryCall } from "./story-call.ts";
import { traffic } from "./traffic.ts";
import type { StoryWindow } from "./window.ts";

const minuteMs = 60_000;

/**
 * A travel company with customers on both sides of the Atlantic, at home in Europe. A team asked for the
 * United States for its travellers there and was stopped. One night a gateway of theirs died in mid-call.
 */
export function meridianHybrid(window: StoryWindow): StoryCall[] {
  const { from, end: to, scale, europeanOutage } = window;
  const seed = `${window.seed}/meridian-hybrid`;
  const shared = { from, to, utcOffsetHours: 1, outage: europeanOutage } as const;
  return [
    ...traffic(
      {
        ...shared,
        key: "Support desk",
        operation: "chat",
        models: ["gpt-5.5", "gpt-6-luna"],
        calls: 3_200 * scale,
        rhythm: "shop",
        streams: 0.8,
        inputTokens: 680,
        outputTokens: 230,
        subjects: ["DE", "FR", "NL", "CH", "US", "CA"],
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Trip planner",
        operation: "responses",
        models: ["gpt-5.6-terra", "gpt-5.5"],
        calls: 2_000 * scale,
        rhythm: "shop",
        streams: 0.7,
        inputTokens: 1_300,
        outputTokens: 610,
        subjects: ["DE", "FR", "IT", "US"],
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Knowledge base",
        operation: "embeddings",
        models: ["text-embedding-3-large"],
        calls: 1_200 * scale,
        rhythm: "nightly",
        streams: 0,
        inputTokens: 2_400,
        outputTokens: 0,
      },
      seed,
    ),
    ...askedForAmerica(to, seed),
    ...gatewayDied(to, seed),
  ];
}

function askedForAmerica(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/america`);
  return Array.from({ length: 38 }, (_, i) =>
    chatCall({
      at: workingDay(end, 14, 15, 30) + i * 5 * minuteMs + random.whole(0, 4 * minuteMs),
      key: "Support desk",
      model: "gpt-5.5",
      requestedTarget: "us",
      subjectCountry: "US",
    }),
  );
}

/** Calls that had left when the gateway lost its power: where they ended is not known and never will be. */
function gatewayDied(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/power`);
  return Array.from({ length: 5 }, () =>
    chatCall({
      at: workingDay(end, 33, 21, 4) + random.whole(0, 9_000),
      key: "Support desk",
      model: "gpt-5.5",
      stream: true,
      ending: { kind: "no_end" },
    }),
  );
}
