import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import path from "node:path";

/**
 * Lets other threads of this machine go first, from now on: the calling thread alone gets this nice value. On Linux, where
 * a thread has one of its own (sched(7), 2026-11) and says its id in `/proc/thread-self`; elsewhere nothing changes.
 */
export function stepBack(nice: number): void {
  if (process.platform !== "linux") return;
  setPriority(Number(path.basename(readlinkSync("/proc/thread-self"))), nice);
}
