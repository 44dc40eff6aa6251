import { parentPort, workerData } from "node:worker_threads";
import {
  checkerOfEntries,
  type EntriesContext,
  type EntriesOutcome,
} from "../../lib/core/ledger/pack/check-entries.ts";
import { type EntriesPlace, readWork } from "../../lib/core/ledger/pack/verify-pack.ts";
import { fileSource, nodePackPort } from "./pack-source.ts";

/** What a thread is started with. */
export type ThreadData = { readonly file: string; readonly context: EntriesContext };

/** What it is asked, and what it answers, in the same order. */
export type ThreadAnswer = { readonly outcome: EntriesOutcome } | { readonly problem: string };

/** Checks files of entries for the main thread, one after the other. */
export function answerJobs(): void {
  const { file, context } = workerData as ThreadData;
  const source = fileSource(file, true);
  const check = checkerOfEntries(nodePackPort.crypto, context);
  parentPort?.on("message", (place: EntriesPlace) => {
    try {
      parentPort?.postMessage({ outcome: check(readWork(source, place)) } satisfies ThreadAnswer);
    } catch (error) {
      const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ problem } satisfies ThreadAnswer);
    }
  });
}
