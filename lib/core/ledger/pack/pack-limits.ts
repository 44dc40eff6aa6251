import { entryBytesMax } from "../canonical.ts";
import { entriesPerFile, packFiles } from "./pack-files.ts";
import { filesMax } from "./zip-fields.ts";

const mebibyte = 1_048_576;

/** Entries of one pack: every 4,096 of them are two of its files. */
export const entriesMax = (filesMax / 2) * entriesPerFile;

/**
 * Kinds of calls, cases and certificates that are counted, of about a kilobyte each. Models are what callers ask for, and a
 * caller may ask for another one each time.
 */
export const tallyRowsMax = 100_000;

/** Bytes of all policies and catalogs of a pack together. */
export const documentsBytesMax = 256 * mebibyte;

/** Bytes that a file of this name may have; a larger one is not read. */
export function bytesMax(path: string): number {
  if (path.startsWith("log/entries-")) return entriesPerFile * (entryBytesMax + 1);
  if (path.startsWith("log/leaves-")) return entriesPerFile * 32;
  if (path.startsWith("policy/")) return mebibyte;
  if (path.startsWith("catalog/")) return 16 * mebibyte;
  return named.get(path) ?? Number.MAX_SAFE_INTEGER;
}

const named: ReadonlyMap<string, number> = new Map([
  [packFiles.manifest, 8 * mebibyte],
  [packFiles.note, mebibyte],
  [packFiles.report, 64 * mebibyte],
  [packFiles.findings, 16 * mebibyte],
  [packFiles.startCheckpoint, mebibyte],
  [packFiles.startFrontier, 4_096],
  [packFiles.endCheckpoint, mebibyte],
  [packFiles.openings, 64 * mebibyte],
]);

/** Where there is more to count than this program holds. */
export const uncountedWords = `The calls are of more than ${tallyRowsMax} kinds (models, hosts, applications, judgements and certificates in their combinations), more than this program counts. Every entry was checked; their sums were not.`;
