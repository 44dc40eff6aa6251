const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `12 480`. Sums too large for a number come as their digits. `space` parts thousands: fonts differ in what they have. */
export function countWords(count: number | string, space: string): string {
  if (typeof count === "number") return whole.format(count).replaceAll(",", space);
  return count.replace(/\B(?=(\d{3})+$)/g, space);
}

/**
 * `99.3 %` of a whole. Never rounds to a claim: what is not all is at most 99.9 %, what is not none is
 * at least "< 0.1 %". Null where there is no whole.
 */
export function shareWords(part: number, total: number, space: string): string | null {
  if (total <= 0) return null;
  if (part === 0) return `0${space}%`;
  if (part === total) return `100${space}%`;
  const percent = (part / total) * 100;
  if (percent < 0.1) return `<${space}0.1${space}%`;
  return `${oneDigit.format(Math.min(percent, 99.9))}${space}%`;
}
