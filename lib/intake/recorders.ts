import { Worker } from "node:worker_threads";
import { answerOrder } from "./answer-order.ts";
import { IntakeRefusal } from "./intake-refusal.ts";
import type { IntakeOrder, IntakeOutcome } from "./order.ts";

/** Does what requests ask for. */
export type Recorders = {
  answer(order: IntakeOrder): Promise<IntakeOutcome>;
  /** Ends when what is at work is done. */
  stop(): Promise<void>;
};

/** On the caller's thread. */
export function createOwnRecorders(): Recorders {
  return { answer: answerOrder, stop: async () => {} };
}

type Thread = { worker: Worker; readonly waiting: Map<number, (outcome: IntakeOutcome) => void> };

/**
 * On threads of their own, so that reading and judging never stand before the next byte of a call that passes the gateway.
 * An order goes to the thread that has least to do.
 *
 * crash: what a thread was at when it ended is answered with "send it again"; nothing is recorded twice.
 */
export async function startThreadRecorders(
  count: number,
  program = new URL("./intake-main.ts", import.meta.url),
): Promise<Recorders> {
  let stopping = false;
  let last = 0;
  const threads: Thread[] = [];

  const start = (thread: Thread): Worker => {
    const worker = new Worker(program, { name: "intake" });
    worker.on("message", ({ n, outcome }: { n: number; outcome: IntakeOutcome }) => {
      const done = thread.waiting.get(n);
      thread.waiting.delete(n);
      done?.(outcome);
    });
    const ended = (cause: unknown): void => {
      if (thread.worker !== worker) return;
      const left = [...thread.waiting.values()];
      thread.waiting.clear();
      for (const done of left) done(lost(cause));
      if (!stopping) thread.worker = start(thread);
    };
    worker.on("error", ended);
    worker.on("exit", () => ended("The intake's thread has ended."));
    return worker;
  };

  for (let i = 0; i < count; i++) {
    const thread = { waiting: new Map() } as unknown as Thread;
    thread.worker = start(thread);
    threads.push(thread);
  }
  await Promise.all(threads.map(({ worker }) => ready(worker)));

  return {
    answer(order) {
      const [first, ...others] = threads;
      if (stopping || !first) return Promise.resolve(lost("The intake was stopped."));
      const idlest = others.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a), first);
      return new Promise((resolve) => {
        last += 1;
        idlest.waiting.set(last, resolve);
        idlest.worker.postMessage({ n: last, order });
      });
    },
    async stop() {
      stopping = true;
      await Promise.all(threads.map(({ worker }) => end(worker)));
    },
  };
}

function lost(cause: unknown): IntakeOutcome {
  const { code, message } = new IntakeRefusal("evidence_unavailable");
  return {
    ok: false,
    code,
    message,
    cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  };
}

/** Its first word. */
function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The intake's thread did not start.")));
  });
}

async function end(worker: Worker): Promise<void> {
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.postMessage({ n: 0 });
  const hard = setTimeout(() => void worker.terminate(), 2_000);
  await gone;
  clearTimeout(hard);
}
