import { Worker } from "node:worker_threads";
import { answerOrder } from "./answer-order.ts";
import { IntakeRefusal } from "./intake-refusal.ts";
import type { IntakeOrder, IntakeOutcome } from "./order.ts";
import { createOrderQueue, type WaitingOrder } from "./order-queue.ts";

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

type Thread = { worker: Worker; readonly atWork: Map<number, WaitingOrder> };

/**
 * Orders that a thread has in hand: one is read while the other is at the store. More of them would wait read, for the thread's
 * memory to be cleared around them. What stands behind waits as it came, compressed, and counts against the budget of bodies.
 */
const inHandMax = 2;

/** A thread that needs more has met a body that nobody thought of: it ends alone, and not the calls of the gateway with it. */
const heapMiBMax = 1_024;

/**
 * On threads of their own, so that reading and judging never stand before the next byte of a call that passes the gateway.
 * An order goes to the thread that has least to do, and waits where none has a hand free.
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
  const queue = createOrderQueue();

  const handOut = (): void => {
    for (;;) {
      const [first, ...others] = threads;
      if (!first) return;
      const idlest = others.reduce((a, b) => (b.atWork.size < a.atWork.size ? b : a), first);
      const next = idlest.atWork.size < inHandMax ? queue.take() : null;
      if (next === null) return;
      last += 1;
      idlest.atWork.set(last, next);
      idlest.worker.postMessage({ n: last, order: next.order });
    }
  };
  const answered = (each: WaitingOrder, outcome: IntakeOutcome): void => {
    queue.ended(each.order);
    each.done(outcome);
  };

  const start = (thread: Thread): Worker => {
    const resourceLimits = { maxOldGenerationSizeMb: heapMiBMax };
    const worker = new Worker(program, { name: "intake", resourceLimits });
    worker.on("message", ({ n, outcome }: { n: number; outcome: IntakeOutcome }) => {
      const each = thread.atWork.get(n);
      thread.atWork.delete(n);
      if (each) answered(each, outcome);
      handOut();
    });
    const ended = (cause: unknown): void => {
      if (thread.worker !== worker) return;
      const left = [...thread.atWork.values()];
      thread.atWork.clear();
      for (const each of left) answered(each, lost(cause));
      if (stopping) return;
      thread.worker = start(thread);
      handOut();
    };
    worker.on("error", ended);
    worker.on("exit", () => ended("The intake's thread has ended."));
    return worker;
  };

  for (let i = 0; i < count; i++) {
    const thread = { atWork: new Map() } as unknown as Thread;
    thread.worker = start(thread);
    threads.push(thread);
  }
  await Promise.all(threads.map(({ worker }) => ready(worker)));

  return {
    answer(order) {
      if (stopping) return Promise.resolve(lost("The intake was stopped."));
      return new Promise((done) => {
        queue.add({ order, done });
        handOut();
      });
    },
    async stop() {
      stopping = true;
      for (const { done } of queue.clear()) done(lost("The intake was stopped."));
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
