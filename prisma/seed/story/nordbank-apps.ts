import { randomOf } from "./random.ts";
import { chatCall, workingDay } from "./scenes.ts";
import { type StoryCall, unsaid } from "./story-call.ts";
import { traffic } from "./traffic.ts";
import type { StoryWindow } from "./window.ts";

const minuteMs = 60_000;

/**
 * The bank's branch applications, observed for a year. During the outage of the European host the branch
 * assistant turned to the global one, which answered: a global project is refused nowhere, and nobody
 * noticed. Beside it a laptop that names the wrong host, a notebook that follows a wrong guide, responses
 * stored by default, a tool of somebody else's.
 */
export function nordbankApps(window: StoryWindow): StoryCall[] {
  const { from, end: to, scale, europeanOutage } = window;
  const seed = `${window.seed}/nordbank-apps`;
  const shared = { from, to, utcOffsetHours: 1, outage: europeanOutage, rhythm: "office" } as const;
  const branch = traffic(
    {
      ...shared,
      key: "Branch assistant",
      operation: "chat",
      models: ["gpt-5.5", "gpt-5.6-sol"],
      calls: 7_600 * scale,
      streams: 0.9,
      inputTokens: 760,
      outputTokens: 210,
    },
    seed,
  );
  const inOutage = [...branch.filter(isInside(window)), ...busyMorning(window, seed)];
  return [
    ...branch.filter((call) => !isInside(window)(call)),
    ...inOutage,
    ...fallback(inOutage, seed),
    ...traffic(
      {
        ...shared,
        key: "Loan desk",
        operation: "responses",
        models: ["gpt-5.4-2026-03-05", "gpt-5.2-2025-12-11"],
        calls: 3_100 * scale,
        streams: 0.25,
        inputTokens: 2_600,
        outputTokens: 480,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Treasury reports",
        operation: "chat",
        models: ["gpt-5.4-2026-03-05"],
        calls: 1_500 * scale,
        streams: 0,
        inputTokens: 3_900,
        outputTokens: 620,
      },
      seed,
    ),
    ...storedByDefault(to, seed),
    ...remoteTool(to, seed),
    ...fastMode(to, seed),
    ...wrongHost(to, seed),
    ...lookalike(to),
  ];
}

function isInside({ europeanOutage: { from, to } }: StoryWindow): (call: StoryCall) => boolean {
  return ({ at }) => at >= from && at < to;
}

/** The morning's queue in the branches: more calls than usual meet the outage. */
function busyMorning({ europeanOutage: { from, to }, scale }: StoryWindow, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/morning`);
  return Array.from({ length: Math.ceil(150 * scale) }, () =>
    chatCall({
      at: random.whole(from, to - 12_000),
      key: "Branch assistant",
      model: "gpt-5.5",
      stream: true,
      inputTokens: Math.round(random.skewed(760, 0.6)),
      outputTokens: Math.round(random.skewed(210, 0.5)),
      ending: random.chance(0.35)
        ? { kind: "not_sent", failure: "connect_timeout" }
        : { kind: "error", status: 503, code: null },
    }),
  );
}

/** The application's own code: when Europe does not answer, the same question goes to the global host. */
function fallback(failedInEurope: readonly StoryCall[], seed: string): StoryCall[] {
  const random = randomOf(`${seed}/fallback`);
  return failedInEurope
    .filter(({ ending }) => ending.kind !== "answered")
    .map((call) =>
      chatCall({
        ...call,
        at: call.at + (call.ending.kind === "not_sent" ? 10_050 : 400) + random.whole(50, 900),
        key: "Branch assistant, fallback",
        ending: { kind: "answered" },
      }),
    );
}

/** Two days after a release in which `store` was no longer said: the provider's default keeps thirty days. */
function storedByDefault(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/stored`);
  return [38, 37].flatMap((daysBefore) =>
    Array.from({ length: 46 }, (_, i) =>
      chatCall({
        at: workingDay(end, daysBefore, 8) + i * 10 * minuteMs + random.whole(0, 9 * minuteMs),
        key: "Loan desk",
        operation: "responses",
        model: "gpt-5.4-2026-03-05",
        store: unsaid,
        inputTokens: Math.round(random.skewed(2_600, 0.5)),
        outputTokens: Math.round(random.skewed(480, 0.4)),
      }),
    ),
  );
}

function remoteTool(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/tool`);
  return Array.from({ length: 7 }, (_, i) =>
    chatCall({
      at: workingDay(end, 24, 14) + i * 9 * minuteMs + random.whole(0, 4 * minuteMs),
      key: "Loan desk",
      operation: "responses",
      model: "gpt-5.4-2026-03-05",
      store: { said: true, value: false },
      featuresOffered: ["mcp"],
      featuresUsed: ["mcp"],
    }),
  );
}

/** Fast mode of a model for which Europe has none. */
function fastMode(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/fast`);
  return Array.from({ length: 12 }, (_, i) =>
    chatCall({
      at: workingDay(end, 9, 15) + i * 4 * minuteMs + random.whole(0, 3 * minuteMs),
      key: "Branch assistant",
      model: "gpt-6-astra",
      serviceTier: "priority",
      stream: true,
    }),
  );
}

/** A laptop that names the global host with a key of a project pinned to Europe: refused, but the words had left. */
function wrongHost(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/laptop`);
  return Array.from({ length: 9 }, (_, i) =>
    chatCall({
      at: workingDay(end, 6, 7, 40) + i * 2 * minuteMs + random.whole(0, minuteMs),
      key: "Treasury reports, laptop",
      model: "gpt-5.4-2026-03-05",
      inputTokens: 3_800,
      outputTokens: 500,
    }),
  );
}

/** A notebook that follows a guide naming a host which is not OpenAI's. It reports what it called. */
function lookalike(end: number): StoryCall[] {
  return [0, 4, 21].map((minutes) =>
    chatCall({
      at: workingDay(end, 17, 16, 12) + minutes * minuteMs,
      key: "Analyst notebooks",
      model: "gpt-5.5",
      reportedHost: "api.openai.eu",
    }),
  );
}
