import { ProblemError } from "./fetch-json.ts";

/**
 * Asks for a part of a longer work; where others, or the parts before, have as much under way as may be, once there is room again.
 * Rejects with what the signal says where it is given up meanwhile.
 */
export async function whenThereIsRoom<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  onWait: () => void,
): Promise<T> {
  for (;;)
    try {
      return await ask();
    } catch (error) {
      const seconds = error instanceof ProblemError ? error.problem.retryAfterSeconds : undefined;
      if (seconds === undefined) throw error;
      onWait();
      await pause(seconds * 1_000, signal);
    }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
