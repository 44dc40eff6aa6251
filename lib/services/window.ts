import type { RangeId, RangeSearch, Window } from "../contracts/range.ts";
import { stepMs, type TimeStep } from "../contracts/time-step.ts";
import { Refusal } from "./refusal.ts";

export type Span = { readonly from: Date; readonly to: Date };

const hourMs = stepMs("hour");
const dayMs = stepMs("day");
const lengths: Readonly<Record<RangeId, number>> = {
  "1h": hourMs,
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
  "60d": 60 * dayMs,
  "1y": 365 * dayMs,
};

/** What a search asks for, as a span of time that has passed: `from`/`to` where given, else the range up to now. */
export function spanOf(search: RangeSearch, now: Date): Span {
  const asked = search.to === undefined ? now : new Date(search.to);
  const to = asked > now ? now : asked;
  const from =
    search.from === undefined ? new Date(to.getTime() - lengths[search.range]) : new Date(search.from);
  if (from >= asked) throw refused("The range ends before it begins.", "Choose a moment before the end.");
  if (from >= to) throw refused("The range begins in the future.", "Choose a moment that has passed.");
  return { from, to };
}

/** The last days of a span, so many at most; whoever shows them says that they are a part (`windowOf`). */
export function lastDays({ from, to }: Span, daysMax: number): Span {
  return { from: new Date(Math.max(from.getTime(), to.getTime() - daysMax * dayMs)), to };
}

/**
 * `firstRecord`: the hour of the first recorded call, null where there is none. `prunedBefore`: rows of before it were
 * deleted by retention, null where none were. Counts outlive rows, so such a window has its counts and not all of its calls.
 * `asked`: what the search asks for.
 */
export function windowOf(
  { from, to }: Span,
  firstRecord: Date | null,
  prunedBefore: Date | null = null,
  asked: Span = { from, to },
): Window {
  const began = firstRecord !== null && floorTo("hour", from) >= firstRecord;
  const isPruned = prunedBefore !== null && from < prunedBefore;
  const isAsked = asked.from.getTime() === from.getTime() && asked.to.getTime() === to.getTime();
  const whole = asked.from < from ? "part" : "complete";
  return {
    ...textOf({ from, to }),
    coverage: isPruned ? "retained_only" : began ? whole : "before_record",
    asked: isAsked ? null : textOf(asked),
  };
}

/** Both ends in RFC 3339. */
export function textOf({ from, to }: Span): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}

function refused(message: string, why: string): Refusal {
  return new Refusal("invalid_input", message, { fields: [{ field: "from", message: why }] });
}

/** Start of the UTC hour or day. */
export function floorTo(step: "hour" | "day", at: Date): Date {
  return new Date(Math.floor(at.getTime() / stepMs(step)) * stepMs(step));
}

const hourlyUpToMs = 7 * dayMs;
/** A quarter. */
const dailyUpToMs = 92 * dayMs;
const daysMax = 400;

export type ComparedSpans = {
  readonly step: TimeStep;
  /** What the search asks for, to the millisecond. */
  readonly asked: Span;
  /** Of whole UTC hours or days, but for the one that runs. */
  readonly span: Span;
  /** Its hours or days up to the one that runs, which is what can be held against `before`; empty where there is none. */
  readonly whole: Span;
  /** Just before the span, and exactly as long as `whole`. */
  readonly before: Span;
};

/**
 * A search's span beside the one before it, widened at both ends to whole UTC hours, beyond seven days to whole UTC days,
 * because that is what is counted. The one that runs is shown, and compared with nothing: of the one before it, no part is known.
 * Beyond a quarter a step is seven days: a year of days is more than anyone can tell apart.
 */
export function comparedSpans(search: RangeSearch, now: Date): ComparedSpans {
  const asked = spanOf(search, now);
  const { from, to } = lastDays(asked, daysMax);
  const length = to.getTime() - from.getTime();
  const counted = length <= hourlyUpToMs ? "hour" : "day";
  const end = Math.ceil(to.getTime() / stepMs(counted)) * stepMs(counted);
  const span = { from: floorTo(counted, from), to: new Date(Math.min(end, now.getTime())) };
  const whole = { from: span.from, to: floorTo(counted, span.to) };
  const before = {
    from: new Date(span.from.getTime() - (whole.to.getTime() - whole.from.getTime())),
    to: span.from,
  };
  return { step: length <= dailyUpToMs ? counted : "week", asked, span, whole, before };
}

const weekMs = stepMs("week");

/**
 * What each step is drawn beside: the step that began `shiftMs` earlier. Of days it is whole weeks earlier, so that a weekday
 * stands beside the same one; the last of them may then lie in the span itself. No start for a step that the running one
 * would be held against.
 */
export function startsBefore({ step, span, whole, before }: ComparedSpans): {
  readonly shiftMs: number;
  readonly starts: readonly number[];
} {
  const wholeMs = whole.to.getTime() - whole.from.getTime();
  if (step === "day" && wholeMs >= weekMs) {
    const shiftMs = Math.floor(wholeMs / weekMs) * weekMs;
    return { shiftMs, starts: startsOfSteps(whole, step).map((at) => at - shiftMs) };
  }
  const starts = startsOfSteps(before, step);
  const compared = whole.to < span.to ? starts.slice(0, Math.floor(wholeMs / stepMs(step))) : starts;
  return { shiftMs: wholeMs, starts: compared };
}

/** False where there is no whole hour or day, or where the period before begins before the one of the first recorded call. */
export function isComparable({ step, whole, before }: ComparedSpans, firstRecord: Date | null): boolean {
  if (firstRecord === null || whole.from >= whole.to) return false;
  return floorTo(step === "hour" ? "hour" : "day", firstRecord) <= before.from;
}

/** Starts of every step that begins in a span, in milliseconds since 1970. */
export function startsOfSteps({ from, to }: Span, step: TimeStep): number[] {
  const starts: number[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += stepMs(step)) starts.push(at);
  return starts;
}
