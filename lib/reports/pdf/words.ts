const space = "\u00a0";
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12 480`; the font has no narrower space that does not break. Sums too large for a number come as their digits. */
export function countText(count: number | string): string {
  if (typeof count === "number") return whole.format(count).replaceAll(",", space);
  return count.replace(/\B(?=(\d{3})+$)/g, space);
}

/** Never rounds to a claim: what is not all is at most 99.9 %, what is not none at least "< 0.1 %". */
export function shareText(part: number, total: number): string {
  if (total <= 0) return "–";
  if (part === 0) return `0${space}%`;
  if (part === total) return `100${space}%`;
  const percent = (part / total) * 100;
  return percent < 0.1 ? `<${space}0.1${space}%` : `${Math.min(percent, 99.9).toFixed(1)}${space}%`;
}

/** `22 Nov 2026 14:05 UTC`, from RFC 3339 UTC. */
export function instantText(at: string): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${dayOf(date)} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

export function dayText(at: string): string {
  return dayOf(new Date(at));
}

function dayOf(date: Date): string {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
