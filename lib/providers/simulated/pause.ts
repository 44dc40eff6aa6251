import { setTimeout as after } from "node:timers/promises";

/** Waits, or less when the caller goes away. False: he did. */
export async function pause(ms: number, gone: AbortSignal): Promise<boolean> {
  if (ms <= 0) return !gone.aborted;
  try {
    await after(ms, undefined, { signal: gone });
    return true;
  } catch {
    return false;
  }
}
