import type { Random } from "./random.ts";
import type { StoryEnding } from "./story-call.ts";

/** The forty minutes in which eu.api.openai.com answered hardly anybody. */
export type Outage = { readonly from: number; readonly to: number };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** On the last working day at least twelve days before the end, 09:20 to 10:00 UTC. */
export function outageBefore(end: number): Outage {
  let day = Math.floor(end / dayMs) * dayMs - 12 * dayMs;
  while ([0, 6].includes(new Date(day).getUTCDay())) day -= dayMs;
  const from = day + (9 * 60 + 20) * minuteMs;
  return { from, to: from + 40 * minuteMs };
}

/** What becomes of a call in the outage; null outside it, and for the few that get through. */
export function outageEnding(outage: Outage | null, at: number, random: Random): StoryEnding | null {
  if (outage === null || at < outage.from || at >= outage.to || random.chance(0.06)) return null;
  return random.chance(0.35)
    ? { kind: "not_sent", failure: "connect_timeout" }
    : { kind: "error", status: 503, code: null };
}
