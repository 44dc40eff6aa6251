import os from "node:os";
import { Worker } from "node:worker_threads";
import { checkerOfEntries, type EntriesOutcome } from "../../lib/core/ledger/pack/check-entries.ts";
import type { PackOptions } from "../../lib/core/ledger/pack/open-pack.ts";
import type { PackVerification } from "../../lib/core/ledger/pack/pack-outcome.ts";
import {
  type EntriesPlace,
  type OpenedPack,
  openPack,
  readWork,
} from "../../lib/core/ledger/pack/verify-pack.ts";
import { fileSource, nodePackPort } from "./pack-source.ts";
import type { ThreadAnswer, ThreadData } from "./pack-thread.ts";

const threadsMax = 8;
/** Entries die young: a small place for them is emptied cheaply, and keeps the whole below 300 MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1_024 };
/** Files of entries on their way to one thread: one it works on, one it goes on with. */
const lead = 2;

/** Verifies a pack with as many threads as there are processors. `thread`: the program of each. */
export async function verifyPackFile(
  file: string,
  options: PackOptions,
  thread: URL,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<PackVerification> {
  const source = fileSource(file);
  try {
    const opened = openPack(nodePackPort, source, options);
    if ("verdict" in opened) return opened;
    const places = opened.jobs.map((job) => opened.workOf(job)).filter((place) => place !== null);
    const threads = Math.min(threadsMax, os.availableParallelism(), places.length);
    if (threads < 2) {
      const check = checkerOfEntries(nodePackPort.crypto, opened.context);
      for (const [i, place] of places.entries()) {
        opened.add(check(readWork(source, place)));
        onProgress(i + 1, places.length);
      }
    } else await inThreads(file, opened, places, threads, thread, onProgress);
    return opened.end();
  } finally {
    source.close();
  }
}

async function inThreads(
  file: string,
  opened: OpenedPack,
  places: readonly EntriesPlace[],
  threads: number,
  thread: URL,
  onProgress: (done: number, of: number) => void,
): Promise<void> {
  const workerData: ThreadData = { file, context: opened.context };
  const workers = Array.from({ length: threads }, () => new Worker(thread, { workerData, resourceLimits }));
  const waiting = new Map<number, EntriesOutcome>();
  let [asked, added] = [0, 0];
  try {
    await new Promise<void>((resolve, reject) => {
      const add = (number: number, outcome: EntriesOutcome): void => {
        waiting.set(number, outcome);
        for (let next = waiting.get(added); next !== undefined; next = waiting.get(added)) {
          waiting.delete(added);
          opened.add(next);
          added += 1;
          onProgress(added, places.length);
        }
        if (added === places.length) resolve();
      };
      for (const worker of workers) {
        const asks: number[] = [];
        const ask = (): void => {
          const place = places[asked];
          if (place === undefined) return;
          asks.push(asked);
          asked += 1;
          worker.postMessage(place);
        };
        worker.once("error", reject);
        worker.on("message", (answer: ThreadAnswer) => {
          const number = asks.shift();
          if ("problem" in answer) return reject(new Error(answer.problem));
          ask();
          if (number !== undefined) add(number, answer.outcome);
        });
        for (let i = 0; i < lead; i++) ask();
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
