import type { Random } from "./random.ts";

const hourMs = 3_600_000;

/** When an application is used. `office`: working hours; `shop`: evenings and weekends too; `nightly`: a batch; `even`: all day. */
export type Rhythm = "office" | "shop" | "nightly" | "even";

export type ArrivalPlan = {
  /** Milliseconds since 1970; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** About so many calls in all. */
  readonly calls: number;
  readonly rhythm: Rhythm;
  /** Hours its clocks are ahead of UTC. */
  readonly utcOffsetHours: number;
};

/** The moments at which calls begin, in order: busy hours have more, and the last weeks more than the first. */
export function arrivals(plan: ArrivalPlan, random: Random): number[] {
  const hours: { from: number; to: number; weight: number }[] = [];
  for (let from = plan.from; from < plan.to; from += hourMs - (from % hourMs)) {
    const to = Math.min(plan.to, from + hourMs - (from % hourMs));
    const growth = 0.8 + (0.4 * (from - plan.from)) / (plan.to - plan.from);
    const weight = (weightOf(from, plan) * growth * (to - from)) / hourMs;
    hours.push({ from, to, weight: weight * (0.85 + 0.3 * random.next()) });
  }
  const total = hours.reduce((sum, { weight }) => sum + weight, 0);
  return hours.flatMap(({ from, to, weight }) => {
    const count = Math.floor((plan.calls * weight) / total + random.next());
    const moments = Array.from({ length: count }, () => Math.floor(from + random.next() * (to - from)));
    return moments.sort((a, b) => a - b);
  });
}

function weightOf(at: number, { rhythm, utcOffsetHours }: ArrivalPlan): number {
  const local = new Date(at + utcOffsetHours * hourMs);
  const hour = local.getUTCHours();
  const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
  switch (rhythm) {
    case "office":
      return (officeHours[hour] ?? 0) * (weekend ? 0.07 : 1);
    case "shop":
      return (shopHours[hour] ?? 0) * (weekend ? 1.25 : 1);
    case "nightly":
      return hour >= 1 && hour < 4 && !weekend ? 1 : 0.004;
    case "even":
      return 1;
  }
}

/** Share of the busiest hour, from midnight on. */
const officeHours = [2, 1, 1, 1, 2, 4, 12, 38, 78, 96, 100, 92, 64, 80, 98, 94, 82, 58, 30, 16, 11, 8, 5, 3];
const shopHours = [
  22, 14, 9, 7, 7, 9, 16, 28, 42, 54, 60, 66, 70, 66, 62, 62, 68, 80, 94, 100, 98, 84, 60, 38,
];
