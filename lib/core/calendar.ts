import { isUtcDay } from "./instant.ts";

/** A UTC day in milliseconds; leap seconds are none of our clocks' business. */
export const dayMs = 86_400_000;

/** Days since 1970-01-01 of a UTC day such as `2026-11-28`; null where the calendar has no such day. */
export function dayNumber(day: string): number | null {
  if (!isUtcDay(day)) return null;
  const [year = 0, month = 0, ofMonth = 0] = day.split("-").map(Number);
  const next = month === 12 ? daysOf(year + 1, 1, 1) : daysOf(year, month + 1, 1);
  return ofMonth <= next - daysOf(year, month, 1) ? daysOf(year, month, ofMonth) : null;
}

/** The same of year, month and day. Years begin in March here, so that the leap day is the last one. */
export function daysOf(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** The day that many days since 1970-01-01 (H. Hinnant, chrono-compatible date algorithms, 2014). */
export function dateOf(days: number): readonly [year: number, month: number, day: number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** Milliseconds since 1970 of an instant such as `2026-11-28T15:00:00.000Z`, by the calendar alone. */
export function millisecondsOf(at: string): number {
  const digits = at.match(/\d+/g) ?? [];
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, ms = 0] = digits.map(Number);
  return ((daysOf(year, month, day) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000 + ms;
}
