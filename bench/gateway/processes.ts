import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoadOrder, LoadResult } from "./load.ts";

const own = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of own) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

export type RunningProcess = { readonly pid: number; readonly port: number; stop(): Promise<void> };

/** One of the measurement's own programs; ready when it has said its port. */
export async function forked(file: string, args: readonly string[] = []): Promise<RunningProcess> {
  const { child, port } = await forkedChild(file, args);
  return { pid: pidOf(child), port, stop: () => stop(child) };
}

export type LoadGenerator = {
  run(order: LoadOrder): Promise<LoadResult>;
  readonly pid: number;
  stop(): Promise<void>;
};

export async function startLoadGenerator(): Promise<LoadGenerator> {
  const { child } = await forkedChild("load-main.ts", []);
  return {
    pid: pidOf(child),
    run: async (order) => {
      child.send(order);
      const [result] = await messageOf(child);
      return result as LoadResult;
    },
    stop: () => stop(child),
  };
}

/** Any other program; ready when `path` of its port answers 200. Its output goes to a file. */
export async function served(given: {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether `NODE_ENV` says so. */
  readonly production: boolean;
  readonly port: number;
  readonly readyPath: string;
  readonly logFile: string;
}): Promise<RunningProcess> {
  const log = openSync(given.logFile, "a", 0o600);
  const child = spawn(process.execPath, given.args, {
    stdio: ["ignore", log, log],
    env: {
      PATH: process.env.PATH,
      ...(given.production && { NODE_ENV: "production" }),
      ...given.env,
    } as NodeJS.ProcessEnv,
    cwd: given.cwd,
  });
  closeSync(log);
  own.add(child);
  const deadline = Date.now() + 30_000;
  while (!(await answers(`http://127.0.0.1:${given.port}${given.readyPath}`))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(
        `${given.args.join(" ")} did not start:\n${readFileSync(given.logFile, "utf8").slice(-2_000)}`,
      );
    await sleep(50);
  }
  return { pid: pidOf(child), port: given.port, stop: () => stop(child) };
}

async function forkedChild(file: string, args: readonly string[]) {
  const child = fork(path.join(import.meta.dirname, file), args, {
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  own.add(child);
  const [{ port }] = (await messageOf(child)) as [{ port: number }];
  return { child, port };
}

async function messageOf(child: ChildProcess): Promise<unknown[]> {
  const over = new AbortController();
  const gone = once(child, "exit", { signal: over.signal }).then(() => {
    throw new Error("A process of the measurement ended by itself.");
  });
  try {
    return await Promise.race([once(child, "message", { signal: over.signal }), gone]);
  } finally {
    over.abort();
    gone.catch(() => undefined);
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function stop(child: ChildProcess): Promise<void> {
  own.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await ended;
  clearTimeout(hard);
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("A process of the measurement could not be started.");
  return child.pid;
}
