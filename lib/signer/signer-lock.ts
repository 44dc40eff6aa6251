import fs from "node:fs";
import path from "node:path";

/** Another process signs from this folder. Two would each hold half of the memory. */
export class SignerRuns extends Error {
  override readonly name = "OperatorError";
}

/**
 * The folder to one process. A lock whose holder is gone is taken over; the holder is known by its process id and the time
 * it began, because ids are used again.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = path.join(folder, "lock.json");
  const own = JSON.stringify({ pid: process.pid, began: beginOf(process.pid) });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      fs.writeFileSync(file, own, { flag: "wx", mode: 0o600 });
      return { release: () => release(file, own) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const held = read(file);
    if (held !== null && isHeld(held))
      throw new SignerRuns(
        `A signer already runs from ${folder} (process ${holderOf(held)?.pid}). There is exactly one: stop that one first.`,
      );
    // Whoever finds the same dead lock at the same moment moves it away once; the other finds it gone, or a living one.
    if (held !== null && read(file) === held) fs.rmSync(file, { force: true });
  }
  throw new SignerRuns(`Another signer starts from ${folder} at this moment.`);
}

function release(file: string, own: string): void {
  if (read(file) === own) fs.rmSync(file, { force: true });
}

type Holder = { readonly pid: number; readonly began: string | null };

function isHeld(text: string): boolean {
  const holder = holderOf(text);
  if (holder === null || !isAlive(holder.pid)) return false;
  const began = beginOf(holder.pid);
  return began === null || holder.began === null || began === holder.began;
}

function holderOf(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Cut short: whoever wrote it died while doing so.
    return null;
  }
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ticks since the system began; null where the system does not tell. */
function beginOf(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold anything; what follows it is counted from its end.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
