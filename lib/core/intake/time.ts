import { dateOf, dayMs, daysOf } from "../calendar.ts";
import { timeText } from "../time-text.ts";

/**
 * RFC 3339 UTC with milliseconds; null for what is no moment between 2000 and 2100: a clock that was never set, or
 * another unit. Whether it is a moment we take is for the one who accepts to say.
 */
export function instantOf(ms: unknown): string | null {
  if (typeof ms !== "number" || !(ms >= earliestMs && ms < latestMs)) return null;
  return timeText(Math.floor(ms));
}

/**
 * The same of a text: RFC 3339 with an offset, or the forms in which databases and spreadsheets write it (a blank for the
 * T, an offset of hours alone, or none for UTC). Never a day alone, and no local time with a name.
 */
export function readInstant(value: unknown): string | null {
  return instantOf(millisOf(value));
}

/**
 * When a call ended, by the clock of a program that wrote down both times in this form; null where it did not, or where that
 * clock was set back meanwhile: then the call stands, and its end is not told.
 */
export function endBehind(startedAt: string, endedAt: string | null): string | null {
  return endedAt === null || endedAt < startedAt ? null : endedAt;
}

/** Milliseconds of Unix time that such a text stands for; null where it is none. */
export function millisOf(value: unknown): number | null {
  if (typeof value !== "string" || value.length > 40) return null;
  const parts = form.exec(value.trim());
  if (parts === null) return null;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = "0",
    fraction = "",
    sign,
    offsetHours = "0",
    offsetMinutes = "0",
  ] = parts;
  const date = [Number(year), Number(month), Number(day)] as const;
  const days = daysOf(...date);
  // 31 June would be 1 July, and is a mistake of whoever wrote it.
  if (dateOf(days).some((each, at) => each !== date[at])) return null;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes);
  if (h > 23 || m > 59 || s > 59 || offset > 18 * 60) return null;
  const clockMs = ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return days * dayMs + clockMs - (sign === "-" ? -offset : offset) * 60_000;
}

const form =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(?:[Zz]|UTC|([+-])(\d\d)(?::?(\d\d))?))?$/;

/** 2000-01-01 and 2100-01-01, both 00:00 UTC. */
const earliestMs = 946_684_800_000;
const latestMs = 4_102_444_800_000;
