import { answered, type StoryCall, unsaid } from "./story-call.ts";

/** A plain chat call of the story; each scene says what is special about its own. */
export function chatCall(over: Partial<StoryCall> & Pick<StoryCall, "at" | "key">): StoryCall {
  return {
    operation: "chat",
    model: "gpt-5.5-2026-04-23",
    stream: false,
    store: unsaid,
    serviceTier: null,
    featuresOffered: [],
    featuresUsed: [],
    requestedTarget: null,
    subjectCountry: null,
    inputTokens: 640,
    outputTokens: 210,
    ending: answered,
    reportedHost: null,
    ...over,
  };
}

const dayMs = 86_400_000;

/** A moment of a working day: the last one at least `daysBefore` the end, at an hour and minute of UTC. */
export function workingDay(end: number, daysBefore: number, hour: number, minute = 0): number {
  let day = Math.floor(end / dayMs) * dayMs - daysBefore * dayMs;
  while ([0, 6].includes(new Date(day).getUTCDay())) day -= dayMs;
  return day + (hour * 60 + minute) * 60_000;
}
