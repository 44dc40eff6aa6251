import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where there is none, what needs it is skipped by name. */
export const hasPython =
  spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0;

const program = fileURLToPath(new URL("./independent_check.py", import.meta.url));

export type IndependentRequest =
  | readonly ["checkpoint", file: string]
  | readonly ["tiles", checkpoint: string, folder: string]
  | readonly ["proof", file: string]
  | readonly ["pack", file: string]
  | readonly ["consistency", file: string, oldCheckpoint: string];

/**
 * Asks the Python program about files. `vkeys`: the log's key first; every one of them must have signed. One answer per
 * request: `accepted …` or `refused …`.
 */
export function independentCheck(
  folder: string,
  vkeys: readonly string[],
  requests: readonly IndependentRequest[],
): string[] {
  const keys = path.join(folder, "verifier-keys.txt");
  fs.writeFileSync(keys, vkeys.map((vkey) => `${vkey}\n`).join(""));
  const input = requests.map((request) => `${request.join("\t")}\n`).join("");
  const { status, stdout, stderr } = spawnSync("python3", ["-I", program, keys], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`The Python program ended with ${status}: ${stderr}`);
  return stdout.trimEnd().split("\n");
}
