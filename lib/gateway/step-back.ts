import { readlinkSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import path from "node:path";

/**
 * Lets other threads of this machine go first, from now on: the calling thread alone becomes that much nicer than its process.
 * On Linux, where a thread has a nice value of its own (sched(7), 2026-11) and says its id in `/proc/thread-self`; elsewhere
 * nothing changes.
 */
export function stepBack(by: number): void {
  if (process.platform !== "linux") return;
  setPriority(
    Number(path.basename(readlinkSync("/proc/thread-self"))),
    Math.min(19, getPriority(process.pid) + by),
  );
}
