import fs from "node:fs";
import { pipeline } from "node:stream/promises";

/** `bytesMax`: of the file that is written to. `kept`: older ones beside it, `.1` the youngest. */
export type LogLimits = { readonly bytesMax: number; readonly kept: number };

export const logLimits: LogLimits = { bytesMax: 32 * 1024 * 1024, kept: 5 };

/** Makes room at `file.1`: each older one grows older by one, the oldest goes. */
export function shiftLogs(file: string, kept: number): void {
  for (let age = kept - 1; age >= 1; age -= 1)
    if (fs.existsSync(`${file}.${age}`)) fs.renameSync(`${file}.${age}`, `${file}.${age + 1}`);
}

/**
 * Moves what is in a log that has outgrown its limit to `file.1`, and empties it; says whether it did. The file stays the
 * one that is open: a process cannot be given another stdout. For the process that writes to it, on its main thread: what
 * came while it was copied is moved in one turn of the loop, in which nothing of it is written, so no line is lost or torn.
 * crash: before the file is emptied its lines stand in both.
 */
export async function rotateLog(file: string, { bytesMax, kept }: LogLimits): Promise<boolean> {
  const { size } = await fs.promises.stat(file);
  if (size < bytesMax) return false;
  const draft = `${file}.new`;
  try {
    await pipeline(
      fs.createReadStream(file, { end: size - 1 }),
      fs.createWriteStream(draft, { mode: 0o600 }),
    );
    fs.appendFileSync(draft, readFrom(file, size));
    shiftLogs(file, kept);
    fs.renameSync(draft, `${file}.1`);
    fs.truncateSync(file);
    return true;
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

function readFrom(file: string, position: number): Buffer {
  const from = fs.openSync(file, "r");
  try {
    const rest = Buffer.alloc(fs.fstatSync(from).size - position);
    const read = fs.readSync(from, rest, 0, rest.length, position);
    return rest.subarray(0, read);
  } finally {
    fs.closeSync(from);
  }
}
