import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { OperatorError } from "./operator-error.ts";

/** The checkout this script stands in. */
export const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** `DOMICILE_HOME` as an absolute path; a relative one counts from the checkout. */
export function homePath(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(checkout, env.DOMICILE_HOME || ".domicile");
}

/** Makes the folder when absent. Every secret in it has mode 0600, so the folder itself may be seen. */
export function openHome(home: string): void {
  try {
    fs.mkdirSync(home, { recursive: true, mode: 0o755 });
    fs.accessSync(home, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  } catch (cause) {
    throw new OperatorError(
      `DOMICILE_HOME (${home}) cannot be written by this user. It may belong to a run as another user: ` +
        "use that user, or set DOMICILE_HOME to a folder of your own.",
      { cause },
    );
  }
}

/** Null when the file is absent; a file that is not JSON is an operator's problem. */
export function readJson<T>(file: string): T | null {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new OperatorError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new OperatorError(`${file} is not valid JSON. Restore it from a backup.`, { cause });
  }
}

/** crash: written beside and renamed, so that a reader sees the old file or the new one, never half of one. */
export function writeJson(file: string, value: unknown, mode = 0o600): void {
  const draft = `${file}.${process.pid}.new`;
  fs.writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode });
  fs.renameSync(draft, file);
}
