import { parentPort } from "node:worker_threads";
import { answerOrder } from "./answer-order.ts";
import type { IntakeOrder } from "./order.ts";

/** A recording thread of the intake: its own connections and caches, one outcome per order. `n` 0: end. */
const port = parentPort;
if (port === null) throw new Error("This runs as a thread of the intake.");

const running = new Set<Promise<void>>();

port.on("message", ({ n, order }: { n: number; order: IntakeOrder }) => {
  if (n === 0) return void end();
  const answered = answerOrder(order).then((outcome) => port.postMessage({ n, outcome }));
  running.add(answered);
  void answered.finally(() => running.delete(answered));
});

port.postMessage({ n: 0 });

async function end(): Promise<void> {
  await Promise.all(running);
  // Of a thread: this one alone. Its connections go with it.
  process.exit(0);
}
