import { dateOf } from "./calendar.ts";

/**
 * The text of a moment as `Date.prototype.toISOString` writes it: RFC 3339 UTC with milliseconds. Throws its RangeError for
 * what is no moment. `ms`: since 1970. A call has several moments, nearly all of one second, whose text is kept.
 */
export function timeText(ms: number): string {
  const whole = Math.trunc(ms);
  if (!(Math.abs(whole) <= furthestMs)) throw new RangeError("Invalid time value");
  const second = Math.floor(whole / 1_000);
  if (second !== kept.second) kept = { second, text: textOfSecond(second) };
  return kept.text + millis[whole - second * 1_000];
}

let kept = { second: Number.NaN, text: "" };

/** Moments reach so far from 1970 (ECMA-262, 21.4.1.1). */
const furthestMs = 8_640_000_000_000_000;
const daySeconds = 86_400;
const millis: readonly string[] = Array.from({ length: 1_000 }, (_, i) => `${digits(i, 3)}Z`);

/** All that stands before the milliseconds. */
function textOfSecond(second: number): string {
  const days = Math.floor(second / daySeconds);
  const ofDay = second - days * daySeconds;
  const [year, month, day] = dateOf(days);
  const clock = [ofDay / 3_600, (ofDay / 60) % 60, ofDay % 60].map((each) => digits(Math.floor(each), 2));
  return `${textOfYear(year)}-${digits(month, 2)}-${digits(day, 2)}T${clock.join(":")}.`;
}

/** Years beyond four digits have a sign and six (ECMA-262, 21.4.1.32). */
function textOfYear(year: number): string {
  if (year >= 0 && year <= 9_999) return digits(year, 4);
  return (year < 0 ? "-" : "+") + digits(Math.abs(year), 6);
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, "0");
}
