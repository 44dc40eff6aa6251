import { performance } from "node:perf_hooks";
import { isStopping } from "./children.ts";

/** One line when a step begins, one with its time when it ends. Steps may overlap. */
export async function step<T>(
  doing: string,
  done: string | ((result: T) => string),
  fn: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  console.log(`  · ${doing}`);
  try {
    const result = await fn();
    console.log(`  ✓ ${(typeof done === "string" ? done : done(result)).padEnd(58)} ${seconds(began)}`);
    return result;
  } catch (error) {
    if (!isStopping()) console.log(`  ✗ ${doing.padEnd(58)} ${seconds(began)}`);
    throw error;
  }
}

export const seconds = (began: number): string =>
  `${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`;
