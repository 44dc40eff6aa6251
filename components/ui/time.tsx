import type { Precision } from "../../lib/contracts/instant-words.ts";
import { cn } from "./cn.ts";
import { formatInstant, formatShortInstant } from "./format-time.ts";

export type TimeProps = {
  at: string;
  precision?: Precision;
  /** Leaves year and "UTC" out, for a column whose heading says "UTC". */
  short?: boolean;
  /** Leaves "UTC" out, and keeps the year, for a column whose heading says it. */
  zoneless?: boolean;
  className?: string;
};

/** An instant of the record in UTC, whole in the title. */
export function Time({ at, precision = "minute", short = false, zoneless = false, className }: TimeProps) {
  const words = short ? formatShortInstant(at, precision) : formatInstant(at, precision);
  return (
    <time
      className={cn("whitespace-nowrap tabular-nums", className)}
      dateTime={at}
      title={`${formatInstant(at, "millisecond")}+00:00`}
    >
      {zoneless ? words.replace(/ UTC$/, "") : words}
    </time>
  );
}
