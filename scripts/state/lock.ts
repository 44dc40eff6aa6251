import fs from "node:fs";
import path from "node:path";
import { isAlive } from "../postgres/postmaster.ts";
import { readJson } from "./home.ts";
import { OperatorError } from "./operator-error.ts";

export type HomeLock = {
  /** The run before was killed; what it started may still be ending. */
  takenOver: boolean;
  release(): void;
};

/** One supervisor per home. A lock whose holder is gone is taken over. */
export function lockHome(home: string): HomeLock {
  const file = path.join(home, "supervisor.json");
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      fs.writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx" });
      return { takenOver: attempt > 0, release: () => fs.rmSync(file, { force: true }) };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
    const holder = readJson<{ pid: number }>(file);
    if (holder && isSupervisor(holder.pid)) {
      throw new OperatorError(
        `Domicile already runs from ${home} (process ${holder.pid}). Stop it first, or give this one a DOMICILE_HOME, PORT and GATEWAY_PORT of its own.`,
      );
    }
    fs.rmSync(file, { force: true });
  }
  throw new OperatorError(`Another start is using ${home} at this moment.`);
}

/** The same; null where a product runs from this folder. */
export function tryLockHome(home: string): HomeLock | null {
  try {
    return lockHome(home);
  } catch (error) {
    if (error instanceof OperatorError) return null;
    throw error;
  }
}

/** A process id is reused: where the system tells, the command line must be one of ours. */
function isSupervisor(pid: number): boolean {
  if (pid === process.pid || !isAlive(pid)) return false;
  try {
    return /scripts\/(start|dev)\.mjs/.test(fs.readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    return true;
  }
}
