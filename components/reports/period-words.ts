import { dayWords, shortDayWords } from "../../lib/contracts/instant-words.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { formatInstant } from "../ui/format-time.ts";

/** `1 – 30 Nov 2026`, of whole UTC days, the last one included; with times where it is not about whole days. */
export function periodWords(from: string | Date, to: string | Date): string {
  const [begin, end] = [new Date(from), new Date(to)];
  if (begin.getTime() % dayMs !== 0 || end.getTime() % dayMs !== 0)
    return `${formatInstant(begin, "second")} – ${formatInstant(end, "second")}`;
  const last = new Date(end.getTime() - dayMs);
  if (begin >= last) return dayWords(begin);
  if (begin.getUTCFullYear() !== last.getUTCFullYear()) return `${dayWords(begin)} – ${dayWords(last)}`;
  const first =
    begin.getUTCMonth() === last.getUTCMonth() ? String(begin.getUTCDate()) : shortDayWords(begin);
  return `${first} – ${dayWords(last)}`;
}
