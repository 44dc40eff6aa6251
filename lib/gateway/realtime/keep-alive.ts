import type { WebSocket } from "ws";

/** Asks in a row that a side may leave without a sign of life. */
const silentAsksMax = 2;

/**
 * Asks a side by ping whether it is there, and ends it when it shows no life: nothing came from it, and it took nothing of
 * what waits for it. A ping stands in line behind what was sent before, so a slow side that is still taking is alive.
 * Returns what stops the asking.
 */
export function keepAlive(side: WebSocket, everyMs: number): () => void {
  let heard = true;
  let waiting = 0;
  let silentAsks = 0;
  const hear = (): void => {
    heard = true;
  };
  for (const event of ["message", "ping", "pong"]) side.on(event, hear);
  const timer = setInterval(() => {
    // What is paused cannot show a pong.
    if (side.isPaused) return;
    const took = side.bufferedAmount < waiting;
    silentAsks = heard || took ? 0 : silentAsks + 1;
    if (silentAsks >= silentAsksMax) return side.terminate();
    heard = false;
    side.ping();
    waiting = side.bufferedAmount;
  }, everyMs);
  return () => {
    clearInterval(timer);
    for (const event of ["message", "ping", "pong"]) side.off(event, hear);
  };
}
