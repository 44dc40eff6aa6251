import { createRecordSplitter, type RawRecord, type RecordForm } from "./split-records.ts";

/** What is sent of a file at once. */
export type FilePiece = {
  /** From 0 without gaps. */
  readonly seq: number;
  /** Bytes of the file up to the end of what the piece was cut from. */
  readonly bytesRead: number;
  readonly records: RawRecord[];
};

export type PieceCutter = {
  push(bytes: Uint8Array): FilePiece[];
  end(): FilePiece[];
};

/**
 * Cuts a file into pieces while it streams by; holds one at most. `skip`: records at its beginning that are none, as the
 * line of the columns. A record longer than a piece goes alone.
 */
export function createPieceCutter(options: {
  readonly form: RecordForm;
  readonly skip: number;
  readonly recordsMax: number;
  readonly textMax: number;
}): PieceCutter {
  const splitter = createRecordSplitter(options.form);
  let waiting: RawRecord[] = [];
  let chars = 0;
  let seq = 0;
  let bytesRead = 0;
  let skip = options.skip;

  const piece = (): FilePiece => {
    const made = { seq, bytesRead, records: waiting };
    seq++;
    waiting = [];
    chars = 0;
    return made;
  };
  const take = (records: readonly RawRecord[]): FilePiece[] => {
    const pieces: FilePiece[] = [];
    for (const record of records) {
      if (skip > 0) {
        skip--;
        continue;
      }
      const length = record.text?.length ?? 0;
      const full = waiting.length >= options.recordsMax || chars + length > options.textMax;
      if (waiting.length > 0 && full) pieces.push(piece());
      waiting.push(record);
      chars += length;
    }
    return pieces;
  };

  return {
    push(bytes) {
      bytesRead += bytes.length;
      return take(splitter.push(bytes));
    },
    end() {
      const pieces = take(splitter.end());
      return waiting.length > 0 ? [...pieces, piece()] : pieces;
    },
  };
}
