import { countWords, shareWords } from "../../lib/core/words/number-words.ts";

const thinSpace = "\u202f";
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const twoDigitsAtMost = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const oneDigit = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `12 480`, with narrow spaces that do not break. */
export const formatCount = (count: number): string => countWords(count, thinSpace);

/** `99.3 %` of a whole; null where there is none. */
export const formatShare = (part: number, total: number): string | null => shareWords(part, total, thinSpace);

/** `1.2 k`, `1.65 k`, `34.1 M`: for axes, where the exact value stands in tooltip and table. Ticks are not rounded by it. */
export function formatShort(count: number): string {
  if (count < 1000) return formatCount(count);
  const [divisor, unit] =
    count < 1_000_000 ? [1000, "k"] : count < 1_000_000_000 ? [1_000_000, "M"] : [1_000_000_000, "G"];
  const value = count / divisor;
  const digits = value >= 100 ? whole : value >= 10 && !Number.isInteger(value) ? oneDigit : twoDigitsAtMost;
  return `${digits.format(value)}${thinSpace}${unit}`;
}

/** `1 call`, `12 480 calls`. */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), byteUnits.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? formatCount(value) : oneDigit.format(value)}${thinSpace}${byteUnits[power]}`;
}
