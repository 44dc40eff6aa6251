import { stepMs } from "../../lib/contracts/time-step.ts";

const hourMs = stepMs("hour");
const dayMs = stepMs("day");

/** At most one more than `atMost` instants of `points`, on round hours or midnights where the step allows. */
export function timeTicks(points: readonly string[], atMost = 7): string[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = new Date(last).getTime() - new Date(first).getTime();
  const step = steps.find((each) => span / each <= atMost);
  const apart = Date.parse(points[1] ?? last) - Date.parse(first);
  // Seven days begin on any weekday, so on no round instant.
  if (step === undefined || apart > dayMs)
    return points.filter((_, i) => i % Math.ceil(points.length / atMost) === 0);
  const ticks = points.filter((at) => new Date(at).getTime() % step === 0);
  return ticks.length > 1 ? ticks.slice(0, atMost + 1) : [first, last];
}

const steps = [
  hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  2 * dayMs,
  4 * dayMs,
  7 * dayMs,
  14 * dayMs,
];
