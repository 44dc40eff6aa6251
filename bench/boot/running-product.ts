import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { npmCommand } from "../../scripts/runtime.mjs";

export type Start = {
  /** From the command to its word that it is ready. */
  readonly seconds: number;
  /** Its steps with the seconds it says they took; they overlap. */
  readonly steps: Readonly<Record<string, number>>;
  /** Ends it and all that it started; seconds. */
  stop(): Promise<number>;
};

const readyWithinMs = 900_000;
const graceMs = 30_000;

/** `npm start` in a checkout, until it says that it is ready. One that fails, or is no longer wanted, leaves nothing running. */
export async function startProduct(
  folder: string,
  env: NodeJS.ProcessEnv,
  unwanted: AbortSignal,
): Promise<Start> {
  unwanted.throwIfAborted();
  const { command, args } = npmCommand();
  const began = performance.now();
  // In a group of its own, so that npm, its shell and the supervisor hear of the end together.
  const child = spawn(command, [...args, "start"], {
    cwd: folder,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Whoever holds the pipes has ended then: npm may be gone before the supervisor is.
  const over = new Promise<void>((resolve) => child.once("close", () => resolve()));
  try {
    const output = await ready(child, unwanted);
    const seconds = (performance.now() - began) / 1_000;
    return { seconds, steps: stepsOf(output), stop: () => stop(child, over) };
  } catch (error) {
    await stop(child, over);
    throw error;
  }
}

async function ready(child: ChildProcess, unwanted: AbortSignal): Promise<string> {
  const signal = AbortSignal.any([unwanted, AbortSignal.timeout(readyWithinMs)]);
  let output = "";
  const announced = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text: Buffer) => {
        output += text;
        if (output.includes("Domicile is ready")) resolve();
      });
  });
  const ended = once(child, "close", { signal }).then(() => {
    throw new Error(`npm start ended before it was ready:\n${output.slice(-4_000)}`);
  });
  ended.catch(() => undefined);
  await Promise.race([announced, ended]);
  return output;
}

function stepsOf(output: string): Record<string, number> {
  const lines = output.matchAll(/^ {2}✓ (.+?) +(\d+\.\d) s$/gm);
  return Object.fromEntries([...lines].map(([, name = "", seconds]) => [name, Number(seconds)]));
}

async function stop(child: ChildProcess, over: Promise<void>): Promise<number> {
  const began = performance.now();
  signalGroup(child, "SIGTERM");
  const hard = setTimeout(() => signalGroup(child, "SIGKILL"), graceMs);
  await over;
  clearTimeout(hard);
  return (performance.now() - began) / 1_000;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
