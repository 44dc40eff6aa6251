import fs from "node:fs";
import path from "node:path";

export type Postmaster = { pid: number; port: number; ready: boolean };

/**
 * The live server of this data directory, from its own `postmaster.pid`; null when there is none.
 * One that is shutting down is waited for, since it can no longer be used.
 */
export async function readPostmaster(dataDir: string): Promise<Postmaster | null> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
    const lines = readLines(path.join(dataDir, "postmaster.pid"));
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 1 || !isServerOf(pid, dataDir)) return null;
    const status = lines[7]?.trim() ?? "";
    if (status !== "stopping") return { pid, port: Number(lines[3]), ready: status === "ready" };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

/** Fast shutdown; an immediate one when that takes more than 20 s (the next start then recovers from the WAL). */
export async function stopPostmaster(pid: number, dataDir: string): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 2_000],
  ] as const) {
    if (!isServerOf(pid, dataDir)) return;
    signalTo(pid, signal);
    for (let waitedMs = 0; waitedMs < waitMs; waitedMs += 25) {
      if (!isServerOf(pid, dataDir)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** Alive and not merely waiting to be reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const state = readText(`/proc/${pid}/stat`)?.replace(/^.*\) /s, "")[0];
  return state !== "Z";
}

/** A process id is reused after a reboot: where the system tells, the command line must name the data directory. */
export function isServerOf(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false;
  const commandLine = readText(`/proc/${pid}/cmdline`);
  return commandLine === null || commandLine.split("\0").includes(dataDir);
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}

function readLines(file: string): string[] {
  return readText(file)?.split("\n") ?? [];
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
