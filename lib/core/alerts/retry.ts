const minute = 60_000;
const hour = 60 * minute;

/** After the first, the second, … attempt that failed. Together about 22 hours. */
const delaysMs = [10_000, minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour] as const;

/** How often a message is tried before it is given up. */
export const attemptsMax = delaysMs.length + 1;

/**
 * How long to wait after so many attempts have failed, in milliseconds; null: it is given up. `dice`: from 0 to below 1, spreads the
 * wait by a fifth either way, so that receivers that came back are not all asked at once.
 */
export function retryDelayMs(failed: number, dice: number): number | null {
  const delay = delaysMs[failed - 1];
  return delay === undefined ? null : Math.round(delay * (0.8 + 0.4 * dice));
}
