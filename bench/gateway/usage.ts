import { readdirSync, readFileSync } from "node:fs";

/** Processor time of a process so far, in microseconds, with that of `children` of it if asked. 0 where no one says. */
export function cpuUs(pid: number, { children = false } = {}): number {
  const pids = children ? [pid, ...childrenOf(pid)] : [pid];
  return pids.reduce((sum, each) => sum + ticksOf(each, children) * 10_000, 0);
}

/** Resident memory in MiB; 0 where no one says. */
export function rssMb(pid: number): number {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kib ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** Of the fields behind the name: utime, stime, and those of children that have ended. */
function ticksOf(pid: number, ended: boolean): number {
  const fields = statOf(pid);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  return user + system + (ended ? endedUser + endedSystem : 0);
}

function childrenOf(pid: number): number[] {
  return pids().filter((each) => Number(statOf(each)[1]) === pid);
}

function pids(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
