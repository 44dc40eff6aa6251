import { setImmediate as othersFirst } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { CallRecord } from "../core/calls/call-record.ts";
import { recordCalls } from "../services/calls/record-calls.ts";
import {
  outcomeOf,
  type RecordingAnswer,
  type RecordingOrder,
  type RecordingOutcome,
} from "./recording-order.ts";

/**
 * Records calls of one tenant: one outcome per record, in their order. Throws where not all were recorded for now, and a
 * BatchFault where the records themselves may be why; it is harmless to give the same again.
 */
export type Recorder = {
  record(tenantId: string, records: readonly CallRecord[]): Promise<readonly RecordingOutcome[]>;
  stop(): Promise<void>;
};

/** On the caller's thread. */
export function createOwnRecorder(): Recorder {
  return {
    record: async (tenantId, records) => (await recordCalls(tenantId, records)).map(outcomeOf),
    stop: async () => {},
  };
}

/** The store was not asked, or not to the end: fewer records at once may go through. */
export class BatchFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BatchFault";
  }
}

type Waiter = {
  readonly resolve: (outcomes: readonly RecordingOutcome[]) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Records on a thread of its own, which is ready when this resolves, so that judging, hashing and encoding never stand between a caller and his next byte.
 * Records cross over as JSON, which costs less than a structured copy, and so much at once as the thread's heap holds with
 * ease.
 *
 * crash: a thread that ends takes no promise with it: its batches are rejected, tried again by the close queue on a new
 * thread, and recording is harmless to repeat.
 */
export async function startThreadRecorder(
  program = new URL("./recording-main.ts", import.meta.url),
): Promise<Recorder> {
  const waiting = new Map<number, Waiter>();
  let worker: Worker | null = null;
  let stopping = false;
  let last = 0;

  const ended = (gone: Worker, error: Error): void => {
    if (worker !== gone) return;
    worker = null;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(error);
  };

  const start = (): Worker => {
    const started = new Worker(program, { name: "recording" });
    started.on("message", ({ n, outcomes, error }: RecordingAnswer) => {
      const waiter = waiting.get(n);
      waiting.delete(n);
      if (error === undefined) waiter?.resolve(outcomes);
      else waiter?.reject(Object.assign(new Error(error.message), error.code && { code: error.code }));
    });
    started.on("error", (error) => ended(started, new BatchFault(threadEnded, error)));
    started.on("exit", () => ended(started, new BatchFault(threadEnded)));
    return started;
  };

  const send = (order: RecordingOrder): void => {
    worker ??= start();
    worker.postMessage(order);
  };

  const ask = (tenantId: string, records: string): Promise<readonly RecordingOutcome[]> => {
    if (stopping) return Promise.reject(new Error("The recording thread was stopped."));
    last += 1;
    const n = last;
    return new Promise((resolve, reject) => {
      waiting.set(n, { resolve, reject });
      send({ n, tenantId, records });
    });
  };

  worker = start();
  await ready(worker);
  return {
    async record(tenantId, records) {
      const texts = jsonOf(records);
      // What was handed over is held by nobody here while it is being recorded.
      const next = async (): Promise<readonly RecordingOutcome[] | null> => {
        const { done, value } = await texts.next();
        return done ? null : ask(tenantId, value);
      };
      const outcomes: RecordingOutcome[] = [];
      for (let given = await next(); given !== null; given = await next()) outcomes.push(...given);
      return outcomes;
    },
    async stop() {
      stopping = true;
      const running = worker;
      if (!running) return;
      const gone = new Promise<void>((resolve) => running.once("exit", () => resolve()));
      running.postMessage({ n: 0, tenantId: "", records: "" } satisfies RecordingOrder);
      const hard = setTimeout(() => void running.terminate(), 2_000);
      await gone;
      clearTimeout(hard);
    },
  };
}

/** JSON of lists that together hold all records, in their order. Made in pieces: callers' bytes pass between them. */
async function* jsonOf(records: readonly CallRecord[]): AsyncGenerator<string, void> {
  let pieces: string[] = [];
  let chars = 0;
  const taken = (): string => {
    const text = `[${pieces.join(",")}]`;
    pieces = [];
    chars = 0;
    return text;
  };
  for (const [i, record] of records.entries()) {
    if (i > 0 && i % encodedAtOnce === 0) await othersFirst();
    const piece = encode(record);
    if (chars > 0 && chars + piece.length > orderCharsMax) yield taken();
    pieces.push(piece);
    chars += piece.length;
  }
  if (pieces.length > 0) yield taken();
}

const encodedAtOnce = 25;
/** Five hundred ordinary calls take a fifth of it. */
const orderCharsMax = 4 * 1024 * 1024;

function encode(record: CallRecord): string {
  try {
    return JSON.stringify(record);
  } catch (error) {
    throw new BatchFault("A record could not be written down.", error);
  }
}

const threadEnded = "The recording thread has ended.";

/** Its first word. */
function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The recording thread did not start.")));
  });
}
