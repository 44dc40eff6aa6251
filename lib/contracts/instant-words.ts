const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

export type Precision = "day" | "minute" | "second" | "millisecond";

/** `22 Nov 2026 14:05 UTC`. Always UTC and always says so: the record counts in UTC days. */
export function instantWords(at: string | Date, precision: Precision = "minute"): string {
  const date = new Date(at);
  const clock = precision === "day" ? "" : ` ${clockWords(date, precision)}`;
  return `${dayWords(date)}${clock} UTC`;
}

/** `22 Nov 2026`, where a heading says UTC or the day is one of a document. */
export function dayWords(at: string | Date): string {
  const date = new Date(at);
  return `${shortDayWords(date)} ${date.getUTCFullYear()}`;
}

/** `22 Nov` */
export function shortDayWords(date: Date): string {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** `14:05`, with seconds and their parts where asked. */
export function clockWords(date: Date, precision: Exclude<Precision, "day">): string {
  const end = precision === "millisecond" ? 23 : precision === "second" ? 19 : 16;
  return date.toISOString().slice(11, end);
}
