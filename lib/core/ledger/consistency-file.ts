import { parseSize } from "./checkpoint.ts";
import { formatHashLines, parseHashLines } from "./hash-lines.ts";

/** That the log at a checkpoint goes on from what it was at an earlier size. */
export type ConsistencyFile = {
  readonly oldSize: bigint;
  readonly hashes: readonly Uint8Array[];
  /** The later checkpoint: a signed note, verbatim. */
  readonly checkpointNote: string;
};

/** Text that is no consistency file. */
export class ConsistencyFileError extends Error {
  override readonly name = "ConsistencyFileError";
}

/** The form of a C2SP tlog-witness request body: old size, proof, empty line, checkpoint. */
export function formatConsistencyFile({ oldSize, hashes, checkpointNote }: ConsistencyFile): string {
  if (parseSize(String(oldSize)) === null) throw new RangeError(`${oldSize} is no size of a log.`);
  return `old ${oldSize}\n${formatHashLines(hashes)}\n${checkpointNote}`;
}

/** trust: reads the form and verifies nothing. */
export function parseConsistencyFile(text: string): ConsistencyFile {
  const end = text.indexOf("\n\n");
  if (end < 0) throw new ConsistencyFileError("No empty line stands before the checkpoint.");
  const [first = "", ...lines] = text.slice(0, end).split("\n");
  const size = /^old (.*)$/.exec(first)?.[1];
  const oldSize = size === undefined ? null : parseSize(size);
  if (oldSize === null) throw new ConsistencyFileError("The first line names no size of a log.");
  const hashes = parseHashLines(lines);
  if (!hashes)
    throw new ConsistencyFileError("A line of the proof is no SHA-256 in base64, or there are more than 63.");
  return { oldSize, hashes, checkpointNote: text.slice(end + 2) };
}
