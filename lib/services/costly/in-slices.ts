import { setImmediate as othersFirst } from "node:timers/promises";

/** So long, in milliseconds, may such work hold the process at a stretch. */
const sliceMs = 5;

/** On the global object for the reason that `beginWork` has. */
const held = globalThis as unknown as { domicileCostlyTurn?: Promise<void> };

/**
 * The same rows, for work that holds the process which answers pages while it goes through thousands of them: others come first
 * every few milliseconds. However much of it is under way, one slice runs in a turn of the event loop; an answer that needs ten
 * turns waits for ten slices and not for all of the work.
 */
export async function* inSlices<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  let began = performance.now();
  for (const row of rows) {
    yield row;
    if (performance.now() - began < sliceMs) continue;
    held.domicileCostlyTurn = (held.domicileCostlyTurn ?? Promise.resolve()).then(() => othersFirst());
    await held.domicileCostlyTurn;
    began = performance.now();
  }
}
