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
export function spanOf(search: RangeSearch, now: Date, daysMax: number): Span {
  const asked = search.to === undefined ? now : new Date(search.to);
  const to = asked > now ? now : asked;
  const from =
    search.from === undefined ? new Date(to.getTime() - lengths[search.range]) : new Date(search.from);
  if (from >= asked) throw refused("The range ends before it begins.", "Choose a moment before the end.");
  if (from >= to) throw refused("The range begins in the future.", "Choose a moment that has passed.");
  return { from: new Date(Math.max(from.getTime(), to.getTime() - daysMax * dayMs)), to };
}

/**
 * `firstRecord`: the hour of the first recorded call, null where there is none. `prunedBefore`: rows of before it were
 * deleted by retention, null where none were. Counts outlive rows, so such a window has its counts and not all of its calls.
 */
export function windowOf(
  { from, to }: Span,
  firstRecord: Date | null,
  prunedBefore: Date | null = null,
): Window {
  const began = firstRecord !== null && floorTo("hour", from) >= firstRecord;
  const isPruned = prunedBefore !== null && from < prunedBefore;
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    coverage: isPruned ? "retained_only" : began ? "complete" : "before_record",
  };
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
  const asked = spanOf(search, now, daysMax);
  const length = asked.to.getTime() - asked.from.getTime();
  const counted = length <= hourlyUpToMs ? "hour" : "day";
  const end = Math.ceil(asked.to.getTime() / stepMs(counted)) * stepMs(counted);
  const span = { from: floorTo(counted, asked.from), to: new Date(Math.min(end, now.getTime())) };
  const whole = { from: span.from, to: floorTo(counted, span.to) };
  const before = {
    from: new Date(span.from.getTime() - (whole.to.getTime() - whole.from.getTime())),
    to: span.from,
  };
  return { step: length <= dailyUpToMs ? counted : "week", span, whole, before };
}

/** Starts of the steps of the period before, but for one that the running step of this one would be held against. */
export function startsBefore({ step, span, whole, before }: ComparedSpans): number[] {
  const starts = startsOfSteps(before, step);
  const wholeMs = whole.to.getTime() - whole.from.getTime();
  return whole.to < span.to ? starts.slice(0, Math.floor(wholeMs / stepMs(step))) : starts;
}

/** Starts of every step that begins in a span, in milliseconds since 1970. */
export function startsOfSteps({ from, to }: Span, step: TimeStep): number[] {
  const starts: number[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += stepMs(step)) starts.push(at);
  return starts;
}
