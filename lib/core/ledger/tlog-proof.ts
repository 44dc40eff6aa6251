import { fromBase64, toBase64 } from "./bytes.ts";
import { parseSize } from "./checkpoint.ts";
import { formatHashLines, parseHashLines } from "./hash-lines.ts";

/** That an entry stands at a place of a log. Our files carry the entry's bytes as `extra`, so that one file is enough. */
export type TlogProof = {
  readonly extra?: Uint8Array;
  readonly index: bigint;
  readonly hashes: readonly Uint8Array[];
  /** A signed note, verbatim. */
  readonly checkpointNote: string;
};

/** Text that is no C2SP tlog-proof. */
export class TlogProofError extends Error {
  override readonly name = "TlogProofError";
}

/** C2SP tlog-proof, version 1. */
export function formatTlogProof({ extra, index, hashes, checkpointNote }: TlogProof): string {
  if (parseSize(String(index)) === null) throw new RangeError(`${index} is no place in a log.`);
  const extraLine = extra ? `extra ${toBase64(extra)}\n` : "";
  return `${header}\n${extraLine}index ${index}\n${formatHashLines(hashes)}\n${checkpointNote}`;
}

/** trust: reads the form; neither `extra` nor anything else is verified here. */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf("\n\n");
  if (end < 0) throw new TlogProofError("No empty line stands before the checkpoint.");
  const [first, ...lines] = text.slice(0, end).split("\n");
  if (first !== header) throw new TlogProofError(`The first line is not "${header}".`);
  const extra = lines[0]?.startsWith("extra ") ? fromBase64((lines.shift() ?? "").slice(6)) : undefined;
  if (extra === null) throw new TlogProofError("The extra line is not base64.");
  const index = /^index (.*)$/.exec(lines.shift() ?? "")?.[1];
  const place = index === undefined ? null : parseSize(index);
  if (place === null) throw new TlogProofError("The index line names no place in a log.");
  const hashes = parseHashLines(lines);
  if (!hashes)
    throw new TlogProofError("A line of the proof is no SHA-256 in base64, or there are more than 63.");
  return { ...(extra && { extra }), index: place, hashes, checkpointNote: text.slice(end + 2) };
}

const header = "c2sp.org/tlog-proof@v1";
