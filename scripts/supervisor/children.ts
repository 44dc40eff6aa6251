import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import os from "node:os";
import { OperatorError } from "../state/operator-error.ts";

const running = new Set<ChildProcess>();
let stopping = false;

/** A child in a group of its own, so that Ctrl-C reaches only us and we end the others in order. */
export function spawnTracked(command: string, args: string[], options: SpawnOptions): ChildProcess {
  if (stopping) throw new Error("stopping");
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs to the end and resolves with its output; rejects with its last `tailLines`. `isPatient`: it gets of the processors what
 * everybody else leaves.
 */
export function runTracked(
  label: string,
  command: string,
  args: string[],
  options: SpawnOptions & { tailLines?: number; isPatient?: boolean } = {},
): Promise<string> {
  const { tailLines = 40, isPatient = false, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawnTracked(command, args, { stdio: ["ignore", "pipe", "pipe"], ...spawnOptions });
    if (isPatient) waitForOthers(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.once("error", (cause) =>
      reject(new OperatorError(`${label} could not be run: ${cause.message}`, { cause })),
    );
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(output);
      if (/ENOSPC|No space left on device/.test(output))
        return reject(new OperatorError(`The disk is full: ${label} failed.`));
      const tail = output.trimEnd().split("\n").slice(-tailLines).join("\n");
      reject(new OperatorError(`${label} failed (${signal ?? `exit ${code}`}).\n\n${tail}`));
    });
  });
}

/** What the child starts inherits it. */
function waitForOthers({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
}

/** Until a child that was told to stop is killed: what a gateway cut off after its time is recorded in the rest. */
export const stopGraceMs = (drainSeconds: number): number => (drainSeconds + 4) * 1_000;

/** SIGTERM to all; SIGKILL to the groups of those that are still there after `graceMs`. */
export async function stopChildren(graceMs = 10_000): Promise<void> {
  stopping = true;
  const ended = [...running].map(async (child) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => killGroup(child), graceMs);
    await exit;
    clearTimeout(timer);
    // What a child of ours started, and left behind.
    killGroup(child);
  });
  await Promise.all(ended);
}

export const isStopping = (): boolean => stopping;

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}
