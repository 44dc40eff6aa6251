import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";

/** A folder whose owner stands on another machine counts as left when nobody touched it for this long. */
const silentMs = 60_000;

type Owner = { readonly host: string; readonly pid: number; readonly started: string };

/** Makes the folder of one gateway process, readable by this user alone. */
export async function createOwnFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner: Owner = { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  await writeFile(path.join(folder, "owner"), JSON.stringify(owner), { mode: 0o600 });
}

/** Says that the owner lives, to those who cannot see its process. */
export async function touchFolder(folder: string): Promise<void> {
  const now = new Date();
  await utimes(path.join(folder, "owner"), now, now);
}

/** Removes the folder of a gateway, unless a file is kept in it. */
export async function removeFolder(folder: string): Promise<void> {
  const kept = await readdir(folder).catch(() => [] as string[]);
  if (!kept.some((name) => name !== "owner")) await rm(folder, { recursive: true, force: true });
}

/** Folders of gateways that are gone. */
export async function foldersLeft(root: string, own: string): Promise<string[]> {
  const names = await readdir(root).catch(() => [] as string[]);
  const left: string[] = [];
  for (const name of names) {
    const folder = path.join(root, name);
    if (folder !== own && (await isLeft(folder))) left.push(folder);
  }
  return left;
}

async function isLeft(folder: string): Promise<boolean> {
  const file = path.join(folder, "owner");
  try {
    const { mtimeMs } = await stat(file);
    const owner = JSON.parse(await readFile(file, "utf8")) as Owner;
    if (owner.host !== hostname()) return Date.now() - mtimeMs > silentMs;
    return startOf(owner.pid) !== owner.started;
  } catch {
    // Without a readable owner it is one that died while it made the folder, or is making it now.
    const made = await stat(folder).catch(() => null);
    return made?.isDirectory() === true && Date.now() - made.mtimeMs > silentMs;
  }
}

/** When a process began, in the words of the kernel, so that a number that was given again is no life; "": it is gone. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    if (process.platform === "linux") return "";
  }
  try {
    process.kill(pid, 0);
    return "alive";
  } catch {
    return "";
  }
}
