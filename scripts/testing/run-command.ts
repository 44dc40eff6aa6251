import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";

export type RunningCommand = {
  child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves when the output matches; rejects when the command ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** The exit status, null after a signal. */
  ended: Promise<number | null>;
};

export function runCommand(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string>,
): RunningCommand {
  const child = spawn(command, args, {
    cwd,
    env: { ...withoutOurs(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      for (const listener of listeners) listener();
    });
  }
  // The end of the process and not of its pipes, which whatever it left behind may hold open.
  const ended = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => setImmediate(() => resolve(code))),
  );
  const printed = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(output)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      ended.then((code) => reject(new Error(`ended with ${code} and never printed ${pattern}:\n${output}`)));
    });
  return { child, output: () => output, printed, ended };
}

/** Processes whose command line names the folder. Linux only: it reads /proc. */
export function processesOf(folder: string): string[] {
  const encoded = encodeURI(folder);
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return line.includes(folder) || line.includes(encoded) ? [`${pid} ${line}`] : [];
      } catch {
        return [];
      }
    });
}

function withoutOurs(): NodeJS.ProcessEnv {
  const ours = /^(DOMICILE_|DATABASE_|NEXTAUTH_|PG|PORT$|GATEWAY_|HOST$|TEST_|VITEST|NODE_ENV$|npm_)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ours.test(name)),
  ) as NodeJS.ProcessEnv;
}
